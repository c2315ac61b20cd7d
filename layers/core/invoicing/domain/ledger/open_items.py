"""Changes of open items: how a movement changes what is due of an invoice."""

from datetime import date
from typing import Protocol

from invoicing.domain.ledger.entry import OpenItemChange
from invoicing.domain.money.exchange import Exchange, in_base


class Owed(Protocol):
    """An invoice of which something is due."""

    @property
    def currency(self) -> str:
        """The currency of its amounts."""

    @property
    def exchange(self) -> Exchange | None:
        """The rate at which they count in the account's own currency."""

    @property
    def issue_date(self) -> date:
        """The day from which it counts."""

    @property
    def due_date(self) -> date:
        """The day by which it is to be paid."""


def open_item_change(invoice: Owed, before: int, after: int, on: date) -> tuple[OpenItemChange, ...]:
    """Return the change of an invoice's amount due, in minor units, by an entry of a date; nothing when it stays.

    In the account's own currency the amounts before and after are converted, so that all changes of one invoice add up
    to what is converted of the amount due.
    """
    if after == before:
        return ()
    base_amount = _base_amount(invoice, before, after)
    change = OpenItemChange(
        due_date=invoice.due_date,
        amount=after - before,
        count=bool(after) - bool(before),
        base_amount=base_amount,
        base_currency=invoice.exchange.base if invoice.exchange and base_amount is not None else None,
        issue_date=invoice.issue_date if invoice.issue_date > on else None,
    )
    return (change,)


def _base_amount(invoice: Owed, before: int, after: int) -> int | None:
    if invoice.exchange is None or invoice.exchange.base == invoice.currency:
        return None
    then, now = (in_base(amount, invoice.currency, invoice.exchange) for amount in (before, after))
    return None if then is None or now is None else now - then
