"""The rows of sums in documents: from the subtotal to the total, and from there to the amount payable."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from invoicing.domain.money.amounts import EXACT
from invoicing.domain.money.exchange import Exchange, tax_in_base
from invoicing.domain.money.payable import Prepayment, Withholding
from invoicing.domain.money.tax import LineTax, TaxGroup
from invoicing_documents.parties import Field
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import NO_BREAK_SPACE, Wording

_SEPARATOR = " · "


class Summand(NamedTuple):
    """A row of a sum: its label, and its amount in minor units."""

    label: str
    amount: int


class Totalled(Protocol):
    """A document with totals as responses show them."""

    @property
    def currency(self) -> str: ...
    @property
    def prices_include_tax(self) -> bool: ...
    @property
    def subtotal(self) -> int: ...
    @property
    def discount_amount(self) -> int: ...
    @property
    def tax_breakdown(self) -> tuple[TaxGroup, ...]: ...
    @property
    def exchange(self) -> Exchange | None: ...


def summary_of(
    document: Totalled, wording: Wording, *, taxed: bool, adjustments: Sequence[Summand] = ()
) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return the rows above the total and the included taxes; the rows add up to the total exactly.

    The rows are ``subtotal``, ``discount``, allowances and charges (``adjustments``) and taxes, as in responses. Prices
    that include tax need no rows above the total, unless there is a discount, allowance or charge: then all of these
    are marked as without tax.
    """
    currency, included = document.currency, document.prices_include_tax
    taxes = tuple(tax_field(group, currency, wording) for group in document.tax_breakdown) if taxed else ()
    changed = bool(document.discount_amount or adjustments)
    if included and not changed:
        return (), tuple(Field(wording.say("included", tax=field.label), field.value) for field in taxes)
    if not (taxes or changed):
        return (), ()
    summands = [Summand(wording["subtotal"], document.subtotal)]
    if document.discount_amount:
        summands.append(Summand(wording["discount"], -document.discount_amount))
    rows = [
        Field(
            wording.say("without_tax", label=label) if included and taxes else label, wording.amount(amount, currency)
        )
        for label, amount in (*summands, *adjustments)
    ]
    return (*rows, *taxes), ()


class TaxedLine(Protocol):
    """A line, or a charge or allowance of a document; ``tax_rate`` is the whole rate of several ``taxes``."""

    @property
    def description(self) -> str: ...
    @property
    def percentage(self) -> Decimal | None: ...
    @property
    def tax_rate(self) -> Decimal: ...
    @property
    def tax_name(self) -> str | None: ...
    @property
    def taxes(self) -> tuple[LineTax, ...]: ...
    @property
    def subtotal(self) -> int: ...
    @property
    def charges_total(self) -> int: ...
    @property
    def allowances_total(self) -> int: ...


def adjustments_of(lines: Sequence[TaxedLine], beside: Sequence[TaxedLine], wording: Wording) -> list[Summand]:
    """Return the allowances and charges of a document without tax: those of its lines in one sum, then each ``beside``.

    Where the rates of all of them differ, each says at which it is taxed.
    """
    of_lines = (
        Summand(wording["allowances_on_items"], -sum(line.allowances_total for line in lines)),
        Summand(wording["charges_on_items"], sum(line.charges_total for line in lines)),
    )
    rates_differ = len({line.tax_rate for line in (*lines, *beside)}) > 1
    return [summand for summand in of_lines if summand.amount] + [
        Summand(_described(each, wording, with_tax=rates_differ), each.subtotal) for each in beside
    ]


class WithPayable(Protocol):
    """A document whose amount payable may differ from its total."""

    @property
    def currency(self) -> str: ...
    @property
    def tax(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def withholdings(self) -> tuple[Withholding, ...]: ...
    @property
    def rounding_amount(self) -> int: ...
    @property
    def amount_payable(self) -> int: ...


def payable_of(document: WithPayable, wording: Wording, prepayments: Sequence[Prepayment] = ()) -> tuple[Field, ...]:
    """Return the rows below the total, which lead from it to the amount payable; empty where that is the total."""
    currency = document.currency
    base = wording.amount(document.total - document.tax, currency)
    summands = [Summand(_withheld(each, base, wording), -each.amount) for each in document.withholdings]
    summands += [Summand(_prepaid(each, currency, wording), -each.amount) for each in prepayments]
    if document.rounding_amount:
        summands.append(Summand(wording["rounding"], document.rounding_amount))
    if not summands:
        return ()
    payable = Field(f"{wording['amount_payable']} ({currency})", wording.money(document.amount_payable, currency))
    return (*(Field(label, wording.amount(amount, currency)) for label, amount in summands), payable)


def exemptions_of(document: Totalled, wording: Wording) -> tuple[str, ...]:
    """Return why there is no tax, once for each tax group; where there are several, it says of which."""
    said = tuple((group, one_line("; ".join(group.exemption_reasons))) for group in document.tax_breakdown)
    if len(said) == 1:
        return tuple(reasons for _, reasons in said if reasons)
    return tuple(
        f"{tax_field(group, document.currency, wording).label}: {reasons}" for group, reasons in said if reasons
    )


def _withheld(withholding: Withholding, base: str, wording: Wording) -> str:
    """Name a withholding; most names say themselves, in the reader's language, what it is."""
    word, name = wording["withheld"], one_line(withholding.name)
    named = _tax_on(wording, name, wording.percent(withholding.rate), base)
    return named if word.casefold() in name.casefold() else f"{word}{_SEPARATOR}{named}"


def _prepaid(prepayment: Prepayment, currency: str, wording: Wording) -> str:
    parts = [wording["prepaid"]]
    if prepayment.paid_on is not None:
        parts.append(wording.date(prepayment.paid_on))
    if prepayment.reference:
        parts.append(one_line(prepayment.reference))
    if prepayment.tax is not None:
        tax = f"{wording['tax']} {wording.amount(prepayment.tax, currency)}"
        parts.append(wording.say("included", tax=tax))
    return _SEPARATOR.join(parts)


def _described(line: TaxedLine, wording: Wording, *, with_tax: bool) -> str:
    parts = [one_line(line.description)]
    if line.percentage is not None:
        parts.append(wording.percent(line.percentage.scaleb(-2, EXACT)))
    if with_tax and line.taxes:
        parts += [f"{one_line(tax.name)} {wording.percent(tax.rate)}" for tax in line.taxes]
    elif with_tax:
        parts.append(f"{one_line(line.tax_name or wording['tax'])} {wording.percent(line.tax_rate)}")
    return _SEPARATOR.join(parts)


def _tax_on(wording: Wording, tax: str, rate: str, amount: str) -> str:
    return wording.say("tax_on", tax=tax, rate=rate, amount=amount)


def base_tax_of(document: Totalled, wording: Wording) -> tuple[Field, ...]:
    """Return the tax in the seller's own currency and its rate, where the document has tax in another currency."""
    currency, exchange = document.currency, document.exchange
    if exchange is None or exchange.rate is None or exchange.base == currency:
        return ()
    tax = tax_in_base(document.tax_breakdown, currency, exchange)
    if not tax:
        return ()
    rate = f"1 {exchange.base} = {wording.number(exchange.rate)} {currency}".replace(" ", NO_BREAK_SPACE)
    on = f" ({wording.date(exchange.rate_date)})" if exchange.rate_date else ""
    return (
        Field(wording.say("tax_in", currency=exchange.base), wording.amount(tax, exchange.base)),
        Field(f"{wording['exchange_rate']}{on}", rate),
    )


def tax_field(group: TaxGroup, currency: str, wording: Wording) -> Field:
    """Return the tax on an amount as a labelled value."""
    name = one_line(group.name) if group.name else wording["tax"]
    label = _tax_on(wording, name, wording.percent(group.rate), wording.amount(group.taxable, currency))
    return Field(label, wording.amount(group.tax, currency))
