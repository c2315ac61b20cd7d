"""Requests: an Idempotency-Key has one effect and one answer, and nothing fails for a reason of its own."""

from collections import Counter

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from tests.simulation.simulation import Simulation


def a_key_has_one_effect(simulation: Simulation) -> None:
    """Steps write the key of their request into what they create."""
    store = simulation.store
    created = Counter(
        [
            *(customer.name for customer in store.all(Customer)),
            *(invoice.purchase_order for invoice in store.all(Invoice) if not invoice.revises),
            *(payment.reference for payment in store.all(Payment) if payment.reference),
            *(note.reason for note in store.all(CreditNote) if note.reason in simulation.answers),
        ]
    )
    assert all(count == 1 for count in created.values()), created


def a_key_has_one_answer(simulation: Simulation) -> None:
    """All answers of success are equal, to the byte, where the request had an effect, with which they are stored."""
    kept = {key: record.answer["body"].encode() for (_, key), record in simulation.store.idempotency_records.items()}
    for key, answers in simulation.answers.items():
        bodies = {answer.body for answer in answers if answer.status in {200, 201}}
        assert key not in kept or bodies <= {kept[key]}, (key, bodies)


def nothing_fails_by_itself(simulation: Simulation) -> None:
    assert simulation.errors == []


ALWAYS = (a_key_has_one_effect,)
AT_REST = (a_key_has_one_answer, nothing_fails_by_itself)
