"""Lists of documents on pages: what the portal and the page of an invoice say of payments and credit notes alike."""

from collections.abc import Iterable
from typing import Protocol

from invoicing.dataclass import dataclass
from invoicing_documents.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A document in a list, without ``url`` where none leads to it; ``mark`` names a state for the style sheet."""

    number: str
    url: str
    date: str
    amount: str
    state: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentList:
    """Some documents of one kind, with links to the pages before and after."""

    title: str = ""
    date_label: str = ""
    state_label: str = ""
    amount_label: str = ""
    rows: tuple[Row, ...] = ()
    newer_url: str = ""
    older_url: str = ""
    has_more: bool = False


class Paid(Protocol):
    """A payment, or the part of it that an invoice has."""

    @property
    def method(self) -> str:
        """How it was paid."""

    @property
    def status(self) -> str:
        """What became of it."""


def payments_of(rows: Iterable[Row], wording: Wording) -> DocumentList:
    """Return a list of payments."""
    return DocumentList(
        title=wording["payments"],
        date_label=wording["payment_date"],
        state_label=wording["payment_method"],
        amount_label=wording["amount"],
        rows=tuple(rows),
    )


def credit_notes_of(rows: Iterable[Row], wording: Wording) -> DocumentList:
    """Return a list of credit notes."""
    return DocumentList(
        title=wording["credit_notes"],
        date_label=wording["credit_note_date"],
        state_label=wording["state"],
        amount_label=wording["total"],
        rows=tuple(rows),
    )


def state_of_payment(payment: Paid, returned: str, wording: Wording) -> dict[str, str]:
    """Return what a list says of a payment: how it was paid and, where some was ``returned``, how much."""
    method = wording[f"method_{payment.method}"]
    if payment.status == "reversed":
        return {"state": f"{method} · {wording['movement_reversal']}", "mark": "cancelled"}
    return {"state": f"{method} · {wording['movement_refund']}: {wording.within(returned)}" if returned else method}
