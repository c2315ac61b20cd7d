"""The totals of invoices that schedules are going to make."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice


class ComingAmount(NamedTuple):
    """An invoice to come: its dates, and its amounts in minor units."""

    issue_date: date
    due_date: date
    currency: str
    subtotal: int
    tax: int
    total: int
    amount_payable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingTotals:
    """Sums of some invoices to come in one currency, in minor units, and how many they are."""

    count: int = 0
    subtotal: int = 0
    tax: int = 0
    total: int = 0
    amount_payable: int = 0


def amount_of(draft: Invoice) -> ComingAmount:
    """Return the amount of a draft that a schedule will make."""
    return ComingAmount(
        issue_date=draft.issue_date,
        due_date=draft.due_date,
        currency=draft.currency,
        subtotal=draft.subtotal,
        tax=draft.tax,
        total=draft.total,
        amount_payable=draft.amount_payable,
    )


def totals_by[K: Hashable](
    amounts: Iterable[ComingAmount], group: Callable[[ComingAmount], K]
) -> dict[K, ComingTotals]:
    """Return the totals of each group, which is of one currency."""
    found: dict[K, ComingTotals] = {}
    for each in amounts:
        key = group(each)
        before = found.get(key, ComingTotals())
        found[key] = ComingTotals(
            count=before.count + 1,
            subtotal=before.subtotal + each.subtotal,
            tax=before.tax + each.tax,
            total=before.total + each.total,
            amount_payable=before.amount_payable + each.amount_payable,
        )
    return found


def totals_by_currency(amounts: Iterable[ComingAmount]) -> dict[str, ComingTotals]:
    """Return the totals of each currency, in the order of their codes."""
    return dict(sorted(totals_by(amounts, lambda each: each.currency).items()))
