"""The states of an invoice and what may happen in each: the contract's table, once."""

from dataclasses import replace
from datetime import date, datetime

from invoicing.domain.errors import Conflict, PreconditionFailed
from invoicing.domain.invoice import Invoice, Status
from invoicing.domain.party import Buyer, Seller

ISSUED = frozenset({Status.SENT, Status.VIEWED, Status.PARTIALLY_PAID, Status.PAID, Status.OVERDUE})
UNPAID = frozenset({Status.SENT, Status.VIEWED, Status.PARTIALLY_PAID, Status.OVERDUE})

POSSIBLE: dict[Status, frozenset[str]] = {
    Status.DRAFT: frozenset({"send"}),
    Status.SENT: frozenset({"send"}),
    Status.VIEWED: frozenset({"send"}),
    Status.PARTIALLY_PAID: frozenset({"send"}),
    Status.PAID: frozenset({"send"}),
    Status.OVERDUE: frozenset({"send"}),
    Status.CANCELLED: frozenset(),
}
"""Actions a client may take now; the ``links`` of an invoice say the same."""


def require(invoice: Invoice, action: str) -> None:
    """`Conflict` ``INVALID_INVOICE_STATE``, naming the state and what is possible, unless the action is."""
    possible = POSSIBLE[invoice.status]
    if action not in possible:
        raise Conflict(
            "INVALID_INVOICE_STATE",
            f"Cannot {action} an invoice that is {invoice.status}.",
            status=str(invoice.status),
            possible_actions=sorted(possible),
        )


def require_version(invoice: Invoice, expected: int | None) -> None:
    """`PreconditionFailed` ``ETAG_MISMATCH`` when the client changes another version than the current one."""
    if expected is not None and expected != invoice.version:
        raise PreconditionFailed("ETAG_MISMATCH", "The invoice was changed since you read it; read it again.")


def issue(draft: Invoice, *, number: str, seller: Seller, buyer: Buyer, page_token: str, now: datetime) -> Invoice:
    """The draft as given to its customer; from here on number, parties and figures never change."""
    return replace(
        draft,
        status=Status.SENT,
        number=number,
        seller=seller,
        buyer=buyer,
        page_token=page_token,
        sent_at=now,
        updated_at=now,
    )


def is_issued(invoice: Invoice) -> bool:
    """Whether the invoice was given to its customer: from then on what it says is frozen."""
    return invoice.status is not Status.DRAFT and invoice.sent_at is not None


def is_overdue(invoice: Invoice, today: date) -> bool:
    """Issued, not fully paid, and past its due date in the account's time zone."""
    return invoice.status in UNPAID and invoice.due_date < today


def seen(invoice: Invoice, now: datetime) -> Invoice | None:
    """The invoice after its customer opened it; None when that changes nothing (seen before, or not issued).

    ``viewed_at`` is set once; an overdue or (partly) paid invoice keeps its status.
    """
    if invoice.viewed_at is not None or invoice.status not in ISSUED:
        return None
    status = Status.VIEWED if invoice.status is Status.SENT else invoice.status
    return replace(invoice, version=invoice.version + 1, status=status, viewed_at=now, updated_at=now)
