"""The states of an invoice and what may happen in each: the contract's table, once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from invoicing.domain.errors import Conflict, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer

UNPAID = frozenset({Status.SENT, Status.VIEWED, Status.PARTIALLY_PAID, Status.OVERDUE})

TRANSITIONS: Mapping[Status, Mapping[str, Status | None]] = {
    Status.DRAFT: {
        "update": Status.DRAFT,
        "delete": None,
        "duplicate": Status.DRAFT,
        "send": Status.SENT,
        "void": Status.CANCELLED,
    },
    Status.SENT: {
        "duplicate": Status.SENT,
        "send": Status.SENT,
        "open": Status.VIEWED,
        "void": Status.CANCELLED,
        "pay": Status.SENT,
        "credit": Status.SENT,
        "write_off": Status.SENT,
        "undo_write_off": Status.SENT,
    },
    Status.VIEWED: {
        "duplicate": Status.VIEWED,
        "send": Status.VIEWED,
        "open": Status.VIEWED,
        "void": Status.CANCELLED,
        "pay": Status.VIEWED,
        "credit": Status.VIEWED,
        "write_off": Status.VIEWED,
        "undo_write_off": Status.VIEWED,
    },
    Status.OVERDUE: {
        "duplicate": Status.OVERDUE,
        "send": Status.OVERDUE,
        "open": Status.OVERDUE,
        "void": Status.CANCELLED,
        "pay": Status.OVERDUE,
        "credit": Status.OVERDUE,
        "write_off": Status.OVERDUE,
        "undo_write_off": Status.OVERDUE,
    },
    Status.PARTIALLY_PAID: {
        "duplicate": Status.PARTIALLY_PAID,
        "send": Status.PARTIALLY_PAID,
        "open": Status.PARTIALLY_PAID,
        "pay": Status.PARTIALLY_PAID,
        "credit": Status.PARTIALLY_PAID,
        "write_off": Status.PARTIALLY_PAID,
        "undo_write_off": Status.PARTIALLY_PAID,
        "return": Status.PARTIALLY_PAID,
    },
    Status.PAID: {
        "duplicate": Status.PAID,
        "send": Status.PAID,
        "open": Status.PAID,
        "pay": Status.PAID,
        "credit": Status.PAID,
        "undo_write_off": Status.PAID,
        "return": Status.PAID,
    },
    Status.CANCELLED: {
        "duplicate": Status.CANCELLED,
    },
}
"""In each state, what may happen and which state follows; None: the invoice is gone. What is not here cannot be."""

BY_FIGURES = frozenset({"pay", "credit", "write_off", "undo_write_off", "return"})
"""What changes the figures: the state that follows is what they say then (`invoicing.domain.invoices.settlement`)."""

INTERNAL_EVENTS = frozenset({"open", "return"})
"""What happens to an invoice and no client can ask of it: its customer opens it, one of its payments goes back."""

POSSIBLE: Mapping[Status, frozenset[str]] = {
    status: frozenset(events) - INTERNAL_EVENTS for status, events in TRANSITIONS.items()
}
"""Actions a client may take in a state."""

_ADVICE = {
    (Status.PAID, "void"): " Refund its payments first.",
    (Status.PARTIALLY_PAID, "void"): " Refund its payments first.",
}
_REASONS = {
    "delete": "its number was assigned by the series. Void it instead.",
    "void": "it was credited or written off.",
    "credit": "it was written off. Undo the write-off first.",
    "undo_write_off": "it was not written off.",
}
_PHRASES = {"write_off": "write off", "undo_write_off": "undo the write-off of"}


def possible_actions(invoice: Invoice) -> frozenset[str]:
    """Actions a client may take now; the ``links`` of an invoice say the same.

    A draft that holds a number of the series cannot be deleted: that would leave a gap. It can be voided. What was
    credited or written off cannot be voided too; a write-off is undone where there is one, also when a payment went
    back since. What was written off cannot be credited: nothing is due, so that its customer would get credit for what
    it never paid. On a paid invoice nothing can be written off, and what is paid beyond it becomes the customer's
    credit, if it may.
    """
    possible = POSSIBLE[invoice.status]
    if has_number_of_series(invoice):
        possible -= {"delete"}
    if invoice.credited or invoice.amount_written_off:
        possible -= {"void"}
    return possible - {"credit" if invoice.amount_written_off else "undo_write_off"}


def require(invoice: Invoice, action: str) -> None:
    """`Conflict` ``INVALID_INVOICE_STATE``, naming the state and what is possible, unless the action is."""
    possible = possible_actions(invoice)
    if action not in possible:
        raise Conflict(
            "INVALID_INVOICE_STATE",
            _refusal(invoice, action),
            status=str(invoice.status),
            possible_actions=sorted(possible),
        )


def _refusal(invoice: Invoice, action: str) -> str:
    phrase = _PHRASES.get(action, action)
    if action in POSSIBLE[invoice.status]:
        return f"Cannot {phrase} this invoice: {_REASONS[action]}"
    return f"Cannot {phrase} an invoice in status {invoice.status}.{_ADVICE.get((invoice.status, action), '')}"


class Versioned(Protocol):
    """What is changed version by version."""

    @property
    def version(self) -> int:
        """Grows with every change."""


def require_version(entity: Versioned, expected: int | None) -> None:
    """`PreconditionFailed` ``ETAG_MISMATCH`` when the client changes another version than the current one."""
    if expected is not None and expected != entity.version:
        message = "The resource has changed since you read it; read it again and send its new ETag."
        raise PreconditionFailed("ETAG_MISMATCH", message)


def issue(
    draft: Invoice,
    *,
    number: str,
    seller: Seller,
    buyer: Buyer,
    page_token: str,
    now: datetime,
    exchange_rate: Decimal | None = None,
) -> Invoice:
    """The draft as given to its customer; from here on number, parties and figures never change.

    On a total of 0 nothing is due: such an invoice is paid from the beginning.
    """
    return replace(
        draft,
        status=Status.SENT if draft.total else Status.PAID,
        paid_date=None if draft.total else draft.issue_date,
        number=number,
        seller=seller,
        buyer=buyer,
        page_token=page_token,
        exchange_rate=exchange_rate,
        sent_at=now,
        updated_at=now,
    )


def void(invoice: Invoice, reason: str | None, now: datetime) -> Invoice:
    """The invoice as cancelled: nothing is due any more, and its number stays used. `Conflict` as `require`."""
    require(invoice, "void")
    return replace(
        invoice,
        version=invoice.version + 1,
        status=Status.CANCELLED,
        void_reason=reason,
        voided_at=now,
        updated_at=now,
    )


def is_issued(invoice: Invoice) -> bool:
    """Whether the invoice was given to its customer: from then on what it says is frozen."""
    return invoice.status is not Status.DRAFT and invoice.sent_at is not None


def has_number_of_series(invoice: Invoice) -> bool:
    """Whether the invoice has a number that its client did not bring: given away, it would leave a gap."""
    return invoice.number is not None and "number" in invoice.defaulted


def is_overdue(invoice: Invoice, today: date) -> bool:
    """Issued, not fully paid, and past its due date in the account's time zone."""
    return invoice.status in UNPAID and invoice.due_date < today


def mark_viewed(invoice: Invoice, now: datetime) -> Invoice | None:
    """The invoice after its customer opened it; None when that changes nothing (seen before, or not issued).

    ``viewed_at`` is set once; an overdue or (partly) paid invoice keeps its status.
    """
    status = TRANSITIONS[invoice.status].get("open")
    if invoice.viewed_at is not None or status is None:
        return None
    return replace(invoice, version=invoice.version + 1, status=status, viewed_at=now, updated_at=now)
