"""Balances carried forward: sums of a customer's older ledger entries, so that reading them again is not needed.

A balance is carried forward from one entry to a later one, in the order in which entries were recorded, and only over
entries that no other can precede any more. So every entry is in it once, whatever runs twice, late or in parallel. What
was recorded since is read from the ledger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.ledger.period_sums import PeriodSums, added, cut_by

MOST_PERIODS = 400
"""The most periods by entry date, and by due date, that a customer's currencies have together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencySums:
    """Sums of entries in one currency, in minor units.

    ``dated`` sums amount and credit by date of the entries, ``due`` the amount due and the number of open invoices by
    due date.
    """

    dated: tuple[PeriodSums, ...] = ()
    due: tuple[PeriodSums, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedBalance:
    """The sums of a customer's entries up to the one with the id ``recorded_until``; its ``id`` is the customer's."""

    account: str
    id: str
    version: int = 0
    recorded_until: str = ""
    currencies: Mapping[str, CurrencySums] = field(default_factory=dict)


def carried_forward(
    balance: CarriedBalance, entries: Iterable[LedgerEntry], *, most: int | None = MOST_PERIODS
) -> CarriedBalance:
    """Add entries recorded since; all of them, up to the last. With ``most`` None no periods are merged."""
    new = sorted((entry for entry in entries if entry.id > balance.recorded_until), key=lambda entry: entry.id)
    currencies = {*balance.currencies, *(entry.currency for entry in new)}
    share = None if most is None else max(4, most // max(1, len(currencies)))
    return replace(
        balance,
        version=balance.version + 1,
        recorded_until=new[-1].id if new else balance.recorded_until,
        currencies={
            currency: _with(
                balance.currencies.get(currency, CurrencySums()),
                [entry for entry in new if entry.currency == currency],
                share,
            )
            for currency in sorted(currencies)
        },
    )


def only_in(currency: str, balance: CarriedBalance) -> CarriedBalance:
    """Return the balance without other currencies."""
    return replace(balance, currencies={currency: balance.currencies.get(currency, CurrencySums())})


def tells_all_of(balance: CarriedBalance, today: date) -> bool:
    """Whether the sums tell what is overdue and what is dated after today: no period ends later that began before."""
    tomorrow = min(today, date.max - timedelta(days=1)) + timedelta(days=1)
    return all(
        cut_by(sums.due, today) == today and cut_by(sums.dated, tomorrow) == tomorrow
        for sums in balance.currencies.values()
    )


def _with(sums: CurrencySums, entries: list[LedgerEntry], most: int | None) -> CurrencySums:
    dated = ((entry.date, entry.amount, entry.credit) for entry in entries)
    due = ((item.due_date, item.amount, item.count) for entry in entries for item in entry.open_items)
    return CurrencySums(dated=added(sums.dated, dated, most), due=added(sums.due, due, most))
