"""Lifecycle of an invoice: the one table of states and actions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from invoicing.domain.errors import Conflict, PreconditionFailed
from invoicing.domain.invoices.due_work import awaiting_overdue, closed
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.invoices.late_fee import NextLateFee
from invoicing.domain.invoices.payment_terms import invoice_dates
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.sealing import sealed
from invoicing.domain.templates.template import TemplateRef

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
        "revise": Status.CANCELLED,
        "rotate_link": Status.SENT,
        "send": Status.SENT,
        "view": Status.VIEWED,
        "void": Status.CANCELLED,
        "pay": Status.SENT,
        "remind": Status.SENT,
        "credit": Status.SENT,
        "write_off": Status.SENT,
        "undo_write_off": Status.SENT,
    },
    Status.VIEWED: {
        "duplicate": Status.VIEWED,
        "revise": Status.CANCELLED,
        "rotate_link": Status.VIEWED,
        "send": Status.VIEWED,
        "view": Status.VIEWED,
        "void": Status.CANCELLED,
        "pay": Status.VIEWED,
        "remind": Status.VIEWED,
        "credit": Status.VIEWED,
        "write_off": Status.VIEWED,
        "undo_write_off": Status.VIEWED,
    },
    Status.OVERDUE: {
        "duplicate": Status.OVERDUE,
        "revise": Status.CANCELLED,
        "rotate_link": Status.OVERDUE,
        "send": Status.OVERDUE,
        "view": Status.OVERDUE,
        "void": Status.CANCELLED,
        "pay": Status.OVERDUE,
        "remind": Status.OVERDUE,
        "credit": Status.OVERDUE,
        "write_off": Status.OVERDUE,
        "undo_write_off": Status.OVERDUE,
    },
    Status.PARTIALLY_PAID: {
        "duplicate": Status.PARTIALLY_PAID,
        "revise": Status.CANCELLED,
        "rotate_link": Status.PARTIALLY_PAID,
        "send": Status.PARTIALLY_PAID,
        "view": Status.PARTIALLY_PAID,
        "void": Status.CANCELLED,
        "pay": Status.PARTIALLY_PAID,
        "remind": Status.PARTIALLY_PAID,
        "credit": Status.PARTIALLY_PAID,
        "write_off": Status.PARTIALLY_PAID,
        "undo_write_off": Status.PARTIALLY_PAID,
        "refund": Status.PARTIALLY_PAID,
    },
    Status.PAID: {
        "duplicate": Status.PAID,
        "revise": Status.CANCELLED,
        "rotate_link": Status.PAID,
        "send": Status.PAID,
        "view": Status.PAID,
        "void": Status.CANCELLED,
        "pay": Status.PAID,
        "credit": Status.PAID,
        "undo_write_off": Status.PAID,
        "refund": Status.PAID,
    },
    Status.CANCELLED: {
        "duplicate": Status.CANCELLED,
        "rotate_link": Status.CANCELLED,
        "refund": Status.CANCELLED,
    },
}
"""The actions of each state and the state that follows; None: the invoice is deleted. All others are refused."""

AMOUNT_CHANGES = frozenset({"pay", "credit", "write_off", "undo_write_off", "refund"})
"""Actions that change the amounts; `invoicing.domain.invoices.settlement` derives the state that follows."""

INTERNAL_EVENTS = frozenset({"view", "refund"})
"""Transitions that no client can request: the customer views the invoice, one of its payments is refunded."""

POSSIBLE: Mapping[Status, frozenset[str]] = {
    status: frozenset(events) - INTERNAL_EVENTS for status, events in TRANSITIONS.items()
}
"""Actions a client may take in a state."""

_REFUND_FIRST = "it was paid, at least in part. Refund its payments first."
_REASONS = {
    "delete": "its number was assigned by the series. Void it instead.",
    "void": "it was credited or written off.",
    "credit": "it was written off. Undo the write-off first.",
    "undo_write_off": "it was not written off.",
    "rotate_link": "it was never issued, so it has no page.",
}
_PHRASES = {
    "write_off": "write off",
    "undo_write_off": "undo the write-off of",
    "remind": "send a reminder of",
    "rotate_link": "rotate the hosted link of",
}


def possible_actions(invoice: Invoice) -> frozenset[str]:
    """Return the actions a client may take now; the ``links`` of an invoice name the same.

    A draft with a number of the series cannot be deleted, which would leave a gap; it can be voided. An invoice cannot
    be voided while something is paid, credited or written off; one of 0 can, although its state is paid. A write-off
    can be undone whenever there is one. A written-off invoice cannot be credited: its customer would get credit that it
    never paid for. A paid invoice cannot be written off. An invoice is revised by a credit note over all that is left,
    so nothing else of it may be due: not what is written off, and not what a refund made due again.
    """
    possible = POSSIBLE[invoice.status]
    if has_number_of_series(invoice):
        possible -= {"delete"}
    if invoice.amount_paid or invoice.credited or invoice.amount_written_off:
        possible -= {"void"}
    if _obstacle_to_revision(invoice):
        possible -= {"revise"}
    if invoice.page_token is None:
        possible -= {"rotate_link"}
    return possible - {"credit" if invoice.amount_written_off else "undo_write_off"}


def require(invoice: Invoice, action: str) -> None:
    """Raise `Conflict` ``INVALID_INVOICE_STATE`` with the state and the possible actions, unless the action is one."""
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
        reason = _REFUND_FIRST if action == "void" and invoice.amount_paid else _REASONS.get(action)
        reason = reason or _obstacle_to_revision(invoice)
        return f"Cannot {phrase} this invoice: {reason}"
    return f"Cannot {phrase} an invoice in status {invoice.status}."


def _obstacle_to_revision(invoice: Invoice) -> str:
    """Return why an issued invoice cannot be revised, or an empty text."""
    if invoice.amount_written_off:
        return "it was written off. Undo the write-off first."
    if invoice.credited and invoice.amount_credited == invoice.total:
        return "it was credited in full. Duplicate it instead."
    if invoice.credited_to_customer > invoice.amount_paid + invoice.prepaid_total:
        return "the customer has used credit from it, so that amount is due again. Record its payment first."
    return ""


class Versioned(Protocol):
    """An entity with a version."""

    @property
    def version(self) -> int:
        """Grows with every change."""


def require_version(entity: Versioned, expected: int | None) -> None:
    """Raise `PreconditionFailed` ``ETAG_MISMATCH`` when the client expects a version other than the current one."""
    if expected is not None and expected != entity.version:
        message = "The resource has changed since you read it; read it again and send its new ETag."
        raise PreconditionFailed("ETAG_MISMATCH", message)


def dated(draft: Invoice, today: date) -> Invoice:
    """Return the draft with the dates that it has if it is issued today.

    An issue date that nobody gave is the day of issue, and a due date that nobody gave follows from it. A draft with a
    number of the series keeps its date, for which the number was assigned.
    """
    if "issue_date" not in draft.defaulted or has_number_of_series(draft):
        return draft
    given = None if "due_date" in draft.defaulted else draft.due_date
    issue_date, due_date = invoice_dates(
        today=today, issue_date=None, due_date=given, payment_terms=draft.payment_terms or ""
    )
    return replace(draft, issue_date=issue_date, due_date=due_date)


def issue(
    draft: Invoice,
    *,
    number: str,
    seller: Seller,
    buyer: Buyer,
    page_token: str,
    page_expires_at: datetime | None = None,
    now: datetime,
    exchange: Exchange,
    time_zone: str,
    template: TemplateRef | None = None,
) -> Invoice:
    """Issue and seal the draft; from here on number, parties and amounts never change.

    With nothing payable its state is paid from the beginning. ``time_zone`` is the one in which it becomes overdue.
    """
    issued = replace(
        draft,
        status=Status.SENT if draft.amount_payable else Status.PAID,
        number=number,
        seller=seller,
        buyer=buyer,
        page_token=page_token,
        page_expires_at=page_expires_at,
        exchange=exchange,
        template=template,
        sent_at=now,
        updated_at=now,
        scheduled_send=None,
    )
    return sealed(awaiting_overdue(issued, time_zone))


def void(invoice: Invoice, reason: str | None, now: datetime) -> Invoice:
    """Cancel the invoice: nothing is due any more, and its number stays used. `Conflict` as `require`."""
    require(invoice, "void")
    return cancelled(replace(invoice, version=invoice.version + 1), reason, now)


def cancelled(invoice: Invoice, reason: str | None, now: datetime) -> Invoice:
    """Return an invoice that another change of this version cancels."""
    ended = replace(
        invoice, status=Status.CANCELLED, void_reason=reason, voided_at=now, updated_at=now, scheduled_send=None
    )
    return closed(ended)


def is_issued(invoice: Invoice) -> bool:
    """Whether the invoice is issued, so that its content is frozen."""
    return invoice.status is not Status.DRAFT and invoice.sent_at is not None


def can_bear_late_fees(invoice: Invoice) -> bool:
    """Whether an invoice may be charged for being late: it is issued, not cancelled, and not one of late fees."""
    return is_issued(invoice) and invoice.status is not Status.CANCELLED and invoice.late_fee_of is None


def has_number_of_series(invoice: Invoice) -> bool:
    """Whether the series assigned the invoice's number; reusing it would leave a gap."""
    return invoice.number is not None and "number" in invoice.defaulted


def is_overdue(invoice: Invoice, today: date) -> bool:
    """Whether the invoice is issued, not fully paid, and past its due date today, in the account's time zone.

    What became overdue stays so, also where the account moved to a time zone in which the due date has not passed.
    """
    return invoice.status in OPEN_STATUSES and (invoice.overdue_at is not None or invoice.due_date < today)


def became_overdue(invoice: Invoice, at: datetime, now: datetime) -> Invoice:
    """Return an invoice that is overdue since an instant; a partly paid one stays so, an imported one bears no fee."""
    status = Status.OVERDUE if invoice.status in {Status.SENT, Status.VIEWED} else invoice.status
    late_fee = None if invoice.late_fee_of or invoice.import_mark else NextLateFee(at=now)
    return replace(invoice, status=status, overdue_at=at, next_overdue_at=None, next_late_fee=late_fee, updated_at=now)


def mark_viewed(invoice: Invoice, now: datetime) -> Invoice | None:
    """Return the invoice after its customer opened it; None when it was viewed before or is not issued.

    ``viewed_at`` is set once; an overdue or (partly) paid invoice keeps its status.
    """
    status = TRANSITIONS[invoice.status].get("view")
    if invoice.viewed_at is not None or status is None:
        return None
    return replace(invoice, version=invoice.version + 1, status=status, viewed_at=now, updated_at=now)
