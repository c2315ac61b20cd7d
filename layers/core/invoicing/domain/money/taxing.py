"""The taxes of an invoice's lines, charges and allowances, by row and by group."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import sub
from typing import NamedTuple, Protocol

from invoicing.domain.columns import column
from invoicing.domain.money.rounding import Rounding, put
from invoicing.domain.money.tax import (
    LineTax,
    Members,
    Tax,
    Taxation,
    TaxGroup,
    rows_by_taxation,
    shared_name,
    tax_groups_of,
)


class Taxed(Protocol):
    """What determines the taxes of a line: ``tax_rate`` is a fraction or None, ``taxes`` are several instead of it."""

    @property
    def tax_rate(self) -> Decimal | None: ...
    @property
    def taxes(self) -> tuple[Tax, ...]: ...
    @property
    def tax_category(self) -> str | None: ...
    @property
    def tax_name(self) -> str | None: ...


class InvoiceTax(NamedTuple):
    """The tax of lines without their own, and whether prices include tax."""

    rate: Decimal
    taxes: tuple[Tax, ...]
    included: bool


class TaxedRows(NamedTuple):
    """Rows after tax: net amount, tax and several taxes of each, and the groups; whole rates where prices have tax."""

    net: list[int]
    tax: list[int]
    taxes: list[tuple[LineTax, ...]]
    groups: tuple[TaxGroup, ...]
    rates: Mapping[int, Decimal]

    def without_tax(self, row: int, amount: int, rounding: Rounding) -> int:
        """Take the tax out of a part of a row's price, where prices include it."""
        if not amount or not self.rates:
            return amount
        tax, net = self.rates[row].as_integer_ratio()
        return rounding.divide(amount * net, net + tax)


def taxed_alike(rows: Sequence[Taxed], default: InvoiceTax) -> dict[Taxation, list[int]]:
    """Return the indexes of the rows that are taxed alike, the highest rate first."""
    own, several = column(rows, "tax_rate"), column(rows, "taxes")
    rates = [default.rate if rate is None else rate for rate in own]
    if default.taxes:
        several = [taxes or (default.taxes if rate is None else ()) for taxes, rate in zip(several, own, strict=True)]
    return rows_by_taxation(rates, column(rows, "tax_category"), several)


def tax_rows(rows: Sequence[Taxed], amounts: Sequence[int], default: InvoiceTax, rounding: Rounding) -> TaxedRows:
    """Compute the tax on amounts after all discounts, in minor units, which contain it where prices do."""
    alike = taxed_alike(rows, default)
    groups = tax_groups_of(alike, included=default.included)
    tax = [0] * len(rows)
    by_name: dict[int, dict[str, int]] = {}
    sums = []
    for group in groups:
        shares = group.by_row(amounts, rounding)
        sums.append(sum(shares))
        if not group.key.name:
            put(tax, group.rows, shares)
            continue
        for row, share in zip(group.rows, shares, strict=True):
            tax[row] += share
            by_name.setdefault(row, {})[group.key.name] = share
    net = list(map(sub, amounts, tax)) if default.included else list(amounts)
    names = column(rows, "tax_name")
    return TaxedRows(
        net=net,
        tax=tax,
        taxes=_several_taxes(rows, by_name, default.taxes),
        groups=tuple(
            _tax_group(group, whole, names, group.taxable(net, rounding))
            for group, whole in zip(groups, sums, strict=True)
        ),
        rates={row: taxation.whole for taxation, of in alike.items() for row in of} if default.included else {},
    )


def _several_taxes(
    rows: Sequence[Taxed], amounts: Mapping[int, Mapping[str, int]], default: tuple[Tax, ...]
) -> list[tuple[LineTax, ...]]:
    """Return the taxes of each row that has several, with their amounts by name."""
    found: list[tuple[LineTax, ...]] = [()] * len(rows)
    for row, by_name in amounts.items():
        found[row] = tuple(
            LineTax(name=tax.name, rate=tax.rate, compound=tax.compound, amount=by_name[tax.name])
            for tax in rows[row].taxes or default
        )
    return found


def _tax_group(members: Members, tax: int, names: Sequence[str | None], taxable: int) -> TaxGroup:
    key = members.key
    return TaxGroup(
        rate=key.rate,
        category=key.category or None,
        name=key.name or shared_name(map(names.__getitem__, members.rows)),
        taxable=taxable,
        tax=tax,
        compound=members.compound,
    )
