"""The figures of running totals by name, and sums of them: what happened in a period, in one currency."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.reports.totals import Amounts, DayTotal, Key, add

INVOICED, CREDITED, VOIDED = "invoiced", "credited", "voided"
"""Documents: count, net, tax and gross."""

PAYMENTS, REFUNDS, REVERSALS, PAID_OUT = "payments", "refunds", "reversals", "credit_paid_out"
"""Money: count and amount."""

WRITTEN_OFF, SETTLED_BY_CREDIT = "written_off", "settled_by_credit"
"""What is neither document nor money: count and amount."""

TAX, CASH_TAX = "tax", "cash_tax"
"""Tax groups of documents, and on cash basis: taxable amount and tax."""

METHOD, EXCHANGE_GAIN, DUE, CREDIT = "method", "exchange_gain", "due", "credit"
"""Methods: count and amount. Gains: amount in the account's currency. Due dates:
amount, the same in the account's currency, and how much of it has no rate. Customer credit: amount."""

UNCONVERTED = "?"
"""Stands for the account's currency where no rate was known; the amounts are in the currency of the entry."""

Conversion = Literal["converted", "unconverted"]
"""``converted``: the sum of all currencies in the account's own, each document and payment at its own rate;
``unconverted``: the part of a currency that has no rate, which that sum leaves out."""


class Row(NamedTuple):
    """Whose amounts they are: those in a currency, all converted to the account's own, or what has no rate."""

    currency: str
    conversion: Conversion | None = None

    @property
    def place(self) -> tuple[int, str]:
        """The place among the rows of a report: first the currencies, then the sum of all, then what has no rate."""
        return (None, "converted", "unconverted").index(self.conversion), self.currency


type Sums = Mapping[Key, Amounts]
"""Figures by name."""


class Documents(NamedTuple):
    """A number of documents and the sums of their amounts, in minor units."""

    number: int = 0
    net: int = 0
    tax: int = 0
    gross: int = 0


class Money(NamedTuple):
    """A number of movements and their sum, in minor units."""

    number: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What happened in a period, in minor units; amounts are positive where they usually are."""

    row: Row
    invoiced: Documents = Documents()
    credited: Documents = Documents()
    voided: Documents = Documents()
    payments: Money = Money()
    refunds: Money = Money()
    reversals: Money = Money()
    credit_paid_out: Money = Money()
    settled_by_credit: Money = Money()
    written_off: Money = Money()
    exchange_gain: int = 0

    @property
    def revenue(self) -> Documents:
        """What was invoiced less what was credited and voided; the number is that of invoices."""
        parts = zip(self.invoiced, self.credited, self.voided, strict=True)
        _, net, tax, gross = (invoiced - credited - voided for invoiced, credited, voided in parts)
        return Documents(self.invoiced.number, net, tax, gross)

    @property
    def collected(self) -> int:
        """Payments less refunds and reversals; credit that was applied is not money."""
        return self.payments.amount - self.refunds.amount - self.reversals.amount


def sums_by_currency(days: Iterable[DayTotal]) -> dict[str, dict[Key, Amounts]]:
    """Add up the figures of days, by currency in the order of their codes."""
    found: dict[str, dict[Key, Amounts]] = {}
    for _, currency, figures in days:
        sums = found.setdefault(currency, {})
        for key, amounts in figures.items():
            add(sums, key, amounts)
    return dict(sorted(found.items()))


def by_row(days: Iterable[DayTotal], name: str, parts: int, base: str) -> dict[Row, dict[Key, Amounts]]:
    """Add up the figures of a name, by row and by the ``parts`` of their names that follow, in the order of rows."""
    found: dict[Row, dict[Key, Amounts]] = {}
    for currency, sums in sums_by_currency(days).items():
        for key, amounts in sums.items():
            row = _row(currency, key[1 + parts :], base)
            if key[0] == name and row:
                add(found.setdefault(row, {}), key[1 : 1 + parts], amounts)
    return dict(sorted(found.items(), key=lambda each: each[0].place))


def _row(currency: str, converted_to: Key, base: str) -> Row | None:
    """Return the row of a figure; None where it is converted to a currency that the account no longer has."""
    if not converted_to:
        return Row(currency)
    if converted_to == (UNCONVERTED,):
        return Row(currency, "unconverted")
    return Row(base, "converted") if converted_to == (base,) else None


def flows_of(found: Mapping[str, Sums], base: str) -> list[Flows]:
    """Return what happened in each currency, all of it converted to ``base``, and what has no rate."""
    in_base: dict[Key, Amounts] = {}
    for sums in found.values():
        for key, amounts in sums.items():
            if key[1:] == (base,):
                add(in_base, key, amounts)
    without_rate = [
        _flows(Row(currency, "unconverted"), sums, UNCONVERTED)
        for currency, sums in found.items()
        if any(key[1:] == (UNCONVERTED,) for key in sums)
    ]
    own = [_flows(Row(currency), sums) for currency, sums in found.items()]
    return [*own, _flows(Row(base, "converted"), in_base, base), *without_rate]


def _flows(row: Row, sums: Sums, *converted_to: str) -> Flows:
    def amounts(name: str) -> Amounts:
        return sums.get((name, *converted_to), ())

    money = (PAYMENTS, REFUNDS, REVERSALS, PAID_OUT, SETTLED_BY_CREDIT, WRITTEN_OFF)
    figures: dict[str, Any] = {name: Documents(*amounts(name)) for name in (INVOICED, CREDITED, VOIDED)}
    figures |= {name: Money(*amounts(name)) for name in money}
    return Flows(row=row, **figures, exchange_gain=sum(amounts(EXCHANGE_GAIN)))
