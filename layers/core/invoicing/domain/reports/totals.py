"""Running totals: the sums of what ledger entries post, by day and currency, and by customer and year.

An entry is posted once: its totals and the note that it is posted are one transaction. An entry never changes, so
neither do the totals of a day but by entries dated on it.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import field, replace
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from invoicing.dataclass import dataclass

Key = tuple[str, ...]
"""The name of a figure, such as ``("invoiced",)`` or ``("tax", "0.19", "S", "VAT")``."""

Amounts = tuple[int, ...]
"""The sums of a figure: counts, and amounts in minor units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTotal:
    """Sums of figures in one currency: of a day (`day_total`), or of a customer's year (`customer_total`)."""

    account: str
    id: str
    version: int = 0
    figures: Mapping[Key, Amounts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedEntry:
    """The note that a ledger entry is posted; its ``id`` is that of the entry."""

    account: str
    id: str
    version: int = 1


class Posting(NamedTuple):
    """What an entry adds to a figure of a total."""

    total: str
    key: Key
    amounts: Amounts


class DayTotal(NamedTuple):
    """The figures of one day and currency."""

    day: date
    currency: str
    figures: Mapping[Key, Amounts]


class CustomerTotal(NamedTuple):
    """The figures of a customer's year in one currency, whose keys end with the day."""

    customer_id: str
    currency: str
    figures: Mapping[Key, Amounts]


DAYS, CUSTOMERS = "day", "customer"
"""How the ids of totals begin."""

SEPARATOR = "#"


def day_total(day: date, currency: str) -> str:
    """Return the id of the total of a day; ids sort by day."""
    return SEPARATOR.join((DAYS, day.isoformat(), currency))


def customer_total(year: int, currency: str, customer_id: str) -> str:
    """Return the id of the total of a customer's year; ids sort by year."""
    return SEPARATOR.join((CUSTOMERS, f"{year:04}", currency, customer_id))


def of_day(total: ReportTotal) -> DayTotal:
    """Read whose total it is."""
    _, day, currency = total.id.split(SEPARATOR)
    return DayTotal(date.fromisoformat(day), currency, total.figures)


def of_customer(total: ReportTotal) -> CustomerTotal:
    """Read whose total it is."""
    _, _, currency, customer_id = total.id.split(SEPARATOR)
    return CustomerTotal(customer_id, currency, total.figures)


def add(figures: MutableMapping[Key, Amounts], key: Key, amounts: Amounts) -> None:
    """Add to a figure, which may have fewer amounts, or none yet."""
    pairs = zip_longest(figures.get(key, ()), amounts, fillvalue=0)
    figures[key] = tuple(before + more for before, more in pairs)


def without_zeros(figures: Mapping[Key, Amounts]) -> dict[Key, Amounts]:
    """Return figures without those that come to nothing, which totals leave out."""
    return {key: amounts for key, amounts in figures.items() if any(amounts)}


def posted(total: ReportTotal, added: Iterable[tuple[Key, Amounts]]) -> ReportTotal:
    """Return a total with what is added; a figure that comes to nothing is left out."""
    figures = dict(total.figures)
    for key, amounts in added:
        add(figures, key, amounts)
    return replace(total, version=total.version + 1, figures=without_zeros(figures))
