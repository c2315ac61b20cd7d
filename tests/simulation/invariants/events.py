"""Events: each change has one, in order, and everybody who wants it gets it."""

from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.events.registry import event_types
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Payment
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.webhooks.webhook import Webhook
from tests.simulation.simulation import Simulation

_TYPES = event_types()
_KINDS: dict[str, type] = {
    "credit_note": CreditNote,
    "credit_payout": CreditPayout,
    "customer": Customer,
    "invoice": Invoice,
    "notice": NoticeMail,
    "payment": Payment,
    "recurring_invoice": RecurringInvoice,
    "webhook": Webhook,
}
_OF_ONE_EVENT = frozenset({"changed", "delivery_id", "delivery_ids", "email_requested", "failure", "version"})
"""Members of a summary that are about the event; of payments the amount is, too."""


def sequences_have_no_gap(simulation: Simulation) -> None:
    """The events of a resource are numbered from 1, and the resource knows the number of its last event."""
    by_resource = simulation.events_of
    for resource, events in by_resource.items():
        sequences = [event.sequence for event in events]
        assert sequences == list(range(1, len(events) + 1)), (resource, sequences)
    for kind in _KINDS.values():
        entities: list[Any] = simulation.store.all(kind)
        for entity in entities:
            latest = len(by_resource.get((entity.account, entity.id), ()))
            assert entity.sequence == latest, f"{entity.id} has {latest} events, and knows of {entity.sequence}"


def the_last_event_tells_the_state(simulation: Simulation) -> None:
    """What the last event of a resource says of it is what is stored."""
    for resource, events in simulation.events_of.items():
        last = events[-1]
        kind = _KINDS[last.type.partition(".")[0]]
        if kind is Webhook:
            continue  # those that are switched on again or deleted have no event
        entity: Any = simulation.store.entities.get((kind, *resource))
        if entity is None:
            assert last.type in {"customer.deleted", "invoice.deleted"}, last
            continue
        ignored = _OF_ONE_EVENT | ({"amount"} if kind is Payment else frozenset())
        stored = _TYPES[last.type].summary(entity)
        differ = {name: (last.data[name], value) for name, value in stored.items() if last.data[name] != value}
        assert differ.keys() <= ignored, f"{resource} after {last.type}: {differ}"


def every_event_is_published(simulation: Simulation) -> None:
    published = simulation.deployment.bus.published
    missing = [event for event in simulation.store.events.values() if not published[event.id]]
    assert not missing, missing


def every_message_is_handled(simulation: Simulation) -> None:
    """A consumer that recognizes events by their id takes each that its rule selects, once."""
    for queue in simulation.deployment.queues.values():
        assert queue.handled.keys() == queue.sent.keys(), queue.name


ALWAYS = (sequences_have_no_gap, the_last_event_tells_the_state)
AT_REST = (every_event_is_published, every_message_is_handled)
