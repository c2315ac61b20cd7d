"""Requests: an Idempotency-Key has one effect and one answer, and nothing fails for a reason of its own."""

import re
from collections import Counter
from typing import Any, NamedTuple

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.simulation.simulation import Simulation


class Effect(NamedTuple):
    """Something that a step created, with the key of its request, which steps write into it.

    An e-mail has a delivery for each ``recipient``.
    """

    kind: type
    account: str
    key: str
    recipient: str | None = None


def effects(simulation: Simulation) -> list[Effect]:
    """All that steps created."""
    store = simulation.store
    invoices = store.all(Invoice)
    made = {(each.id, each.email_subject) for each in invoices if each.recurring_id}
    successors = {key.replaced_by for key in store.all(ApiKey)}
    found: list[tuple[Any, str | None]] = [
        *((customer, customer.name) for customer in store.all(Customer)),
        *((invoice, invoice.purchase_order) for invoice in invoices if not (invoice.revises or invoice.recurring_id)),
        *((schedule, schedule.content.purchase_order) for schedule in store.all(RecurringInvoice)),
        *((payment, payment.reference) for payment in store.all(Payment)),
        *((note, note.reason) for note in store.all(CreditNote)),
        *((delivery, delivery.subject) for delivery in store.all(Delivery) if _said_by(delivery) not in made),
        *((key, key.name) for key in store.all(ApiKey) if key.id not in successors),
    ]
    return [
        Effect(type(each), each.account, key, each.recipient if isinstance(each, Delivery) else None)
        for each, key in found
        if key in simulation.sent_by
    ]


def _said_by(delivery: Delivery) -> tuple[str, str | None]:
    return delivery.document_id, delivery.subject


def a_key_has_one_effect(simulation: Simulation) -> None:
    created = Counter(effects(simulation))
    assert all(count == 1 for count in created.values()), created


def a_key_has_one_answer(simulation: Simulation) -> None:
    """All answers of success are equal, to the byte, where the request had an effect, with which they are stored.

    The secret of an API key is in the first one alone.
    """
    records = simulation.store.idempotency_records.items()
    kept = {key: record.answer["body"].encode() for (_, key), record in records if "body" in record.answer}
    for key, answers in simulation.answers.items():
        bodies = {_SECRET.sub(b'"key":null', answer.body) for answer in answers if answer.status in {200, 201}}
        assert key not in kept or bodies <= {kept[key]}, (key, bodies)


def nothing_fails_by_itself(simulation: Simulation) -> None:
    assert simulation.errors == [], simulation.errors


_SECRET = re.compile(rb'"key":"sk_[^"]*"')

ALWAYS = (a_key_has_one_effect,)
AT_REST = (a_key_has_one_answer, nothing_fails_by_itself)
