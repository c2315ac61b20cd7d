"""What happened: facts written in the transaction that made them true, published afterwards, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.money import to_major

if TYPE_CHECKING:
    from invoicing.domain.credit_note import CreditNote
    from invoicing.domain.delivery import Delivery
    from invoicing.domain.invoice import Invoice
    from invoicing.domain.party import Customer
    from invoicing.domain.payment import Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact about a resource; ``id`` sorts by time, ``data`` is a summary with money in major units."""

    account: str
    id: str
    type: str
    resource_id: str
    occurred_at: datetime
    data: Mapping[str, Any]


def invoice_event(
    event_id: str, kind: str, invoice: Invoice, occurred_at: datetime, delivery: Delivery | None = None
) -> Event:
    """An event of an invoice; ``delivery`` is the e-mail that has to follow from it."""
    data: dict[str, Any] = {
        "id": invoice.id,
        "object": "invoice",
        "invoice_number": invoice.number,
        "status": str(invoice.status),
        "version": invoice.version,
        "customer_id": invoice.buyer.id,
        "currency": invoice.currency,
        "total": to_major(invoice.total, invoice.currency),
        "amount_paid": to_major(invoice.amount_paid, invoice.currency),
        "amount_due": to_major(invoice.amount_due, invoice.currency),
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat(),
        "created_at": instant_text(invoice.created_at),
        **_email(delivery),
    }
    return _event(event_id, kind, invoice, occurred_at, data)


def invoice_updated(event_id: str, invoice: Invoice, occurred_at: datetime, changed: Sequence[str]) -> Event:
    """The event of an invoice that was changed; ``changed`` names the fields in the API's words."""
    event = invoice_event(event_id, "invoice.updated", invoice, occurred_at)
    return replace(event, data={**event.data, "changed": list(changed)})


def payment_event(event_id: str, kind: str, payment: Payment, occurred_at: datetime, amount: int) -> Event:
    """An event of a payment; ``amount`` is what this event is about: all of it, a refund, or what was reversed."""
    data: dict[str, Any] = {
        "id": payment.id,
        "object": "payment",
        "version": payment.version,
        "status": str(payment.status),
        "customer_id": payment.customer_id,
        "invoice_id": payment.invoice_id,
        "allocations": [
            {"invoice_id": part.invoice_id, "amount": to_major(part.amount, payment.currency)}
            for part in payment.allocations
        ],
        "currency": payment.currency,
        "amount": to_major(amount, payment.currency),
        "refunded_amount": to_major(payment.refunded_amount, payment.currency),
        "payment_method": payment.method,
        "payment_date": payment.payment_date.isoformat(),
    }
    return _event(event_id, kind, payment, occurred_at, data)


def credit_note_event(
    event_id: str, kind: str, note: CreditNote, occurred_at: datetime, delivery: Delivery | None = None
) -> Event:
    """An event of a credit note; ``delivery`` is the e-mail that has to follow from it."""
    data: dict[str, Any] = {
        "id": note.id,
        "object": "credit_note",
        "credit_note_number": note.number,
        "version": note.version,
        "invoice_id": note.invoice_id,
        "invoice_number": note.invoice_number,
        "customer_id": note.buyer.id,
        "currency": note.currency,
        "total": to_major(note.total, note.currency),
        "applied_to_invoice": to_major(note.applied_to_invoice, note.currency),
        "credited_to_customer": to_major(note.credited_to_customer, note.currency),
        "issue_date": note.issue_date.isoformat(),
        **_email(delivery),
    }
    return _event(event_id, kind, note, occurred_at, data)


def customer_event(
    event_id: str, kind: str, customer: Customer, occurred_at: datetime, changed: Sequence[str] = ()
) -> Event:
    """An event of a customer; it carries no personal data but the id, and the names of the fields that changed.

    ``archived`` tells the two kinds of deletion apart: a customer that is deleted and not archived is gone.
    """
    data: dict[str, Any] = {
        "id": customer.id,
        "object": "customer",
        "version": customer.version,
        "archived": customer.archived_at is not None,
        "created_at": instant_text(customer.created_at),
    }
    if changed:
        data["changed"] = list(changed)
    return _event(event_id, kind, customer, occurred_at, data)


def _event(
    event_id: str,
    kind: str,
    thing: Invoice | Payment | CreditNote | Customer,
    occurred_at: datetime,
    data: Mapping[str, Any],
) -> Event:
    return Event(
        account=thing.account, id=event_id, type=kind, resource_id=thing.id, occurred_at=occurred_at, data=data
    )


def _email(delivery: Delivery | None) -> dict[str, Any]:
    """Whether an e-mail has to follow, and which."""
    return {"email_requested": False} if delivery is None else {"email_requested": True, "delivery_id": delivery.id}
