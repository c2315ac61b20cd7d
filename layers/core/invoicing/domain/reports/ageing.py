"""Ageing: what is open at the end of a day, by how long it has been due."""

from collections.abc import Iterable, Iterator
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.ledger.ageing import BUCKETS, bucket_of
from invoicing.domain.reports.figures import CREDIT, DUE, Row
from invoicing.domain.reports.totals import Amounts, DayTotal, Key

_EMPTY = (0,) * len(BUCKETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingRow:
    """Open amounts at the end of a day, in minor units: by bucket, and the customers' unused credit.

    Credit is not converted: it has no rate until it is used.
    """

    row: Row
    buckets: tuple[int, ...] = _EMPTY
    credit: int = 0

    @property
    def receivable(self) -> int:
        """All that is open."""
        return sum(self.buckets)

    @property
    def overdue(self) -> int:
        """What is past its due date."""
        return sum(self.buckets[1:])

    @property
    def net(self) -> int:
        """What is open less the credit: what all customers owe together."""
        return self.receivable - self.credit


def ageing_rows(days: Iterable[DayTotal], as_of: date, base: str) -> list[AgeingRow]:
    """Return the ageing in each currency, of all converted to ``base``, and of what has no rate.

    Of ``days``, those until ``as_of`` count: what is dated later is not open yet, or was still open.
    """
    buckets: dict[Row, list[int]] = {Row(base, "converted"): list(_EMPTY)}
    credit: dict[Row, int] = {}
    for day, currency, figures in days:
        if day > as_of:
            continue
        row = Row(currency)
        for key, amounts in figures.items():
            if key == (CREDIT,):
                credit[row] = credit.get(row, 0) + amounts[0]
            elif key[0] == DUE:
                place = bucket_of(date.fromisoformat(key[1]), as_of)
                for each, amount in _rows(currency, key[2:], amounts, base):
                    buckets.setdefault(each, list(_EMPTY))[place] += amount
    rows = sorted({*buckets, *credit}, key=lambda row: row.place)
    found = [AgeingRow(row=row, buckets=tuple(buckets.get(row, _EMPTY)), credit=credit.get(row, 0)) for row in rows]
    return [each for each in found if any(each.buckets) or each.credit or each.row.conversion == "converted"]


def _rows(currency: str, converted_to: Key, amounts: Amounts, base: str) -> Iterator[tuple[Row, int]]:
    """Yield the rows in which an amount due counts, or with ``converted_to`` what of it has a rate to that currency.

    Of an amount in another currency than ``base``, what has no rate is all less what has one.
    """
    if not converted_to:
        yield Row(currency), amounts[0]
        yield (Row(base, "converted") if currency == base else Row(currency, "unconverted")), amounts[0]
    elif converted_to == (base,) and currency != base:
        in_base, amount = amounts
        yield Row(base, "converted"), in_base
        yield Row(currency, "unconverted"), -amount
