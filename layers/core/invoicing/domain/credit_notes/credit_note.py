"""Credit notes: exact credit for part or all of an issued invoice.

What is credited of a line is its amounts in proportion to the quantity, each rounded half up; the tax of a group is its
rate on what is credited of the group, rounded once. A note has what is credited after it less what was credited before.
So any sequence of notes that credits everything adds up to the invoice to the cent, in any order and however small the
parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import sub
from typing import ClassVar, NamedTuple

from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.invoices.exemptions import with_exemptions_of
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, Line
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.rounding import half_up, put, spread
from invoicing.domain.money.tax import Group, TaxGroup, lines_by_group, shared_name, taxed_part
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.sealing import sealed

ZERO = Decimal(0)


class CreditLine(NamedTuple):
    """A credited quantity of an invoice line; amounts in minor units, as in the invoice line."""

    line_id: str
    description: str
    quantity: Decimal
    unit: str | None
    unit_price: Decimal
    price_quantity: Decimal
    tax_rate: Decimal
    tax_category: str | None
    tax_name: str | None
    subtotal: int
    discount_amount: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """Credit for an invoice; amounts in minor units of ``currency``, final once issued.

    ``buyer`` and ``seller`` are copied from the invoice, and ``page_token`` leads to its page. ``applied_to_invoice``
    lowered the amount due; the rest of ``total``, ``credited_to_customer``, became customer credit. ``version`` grows
    when ``sent_at``, the time of the first e-mail request, is set. ``content_hash`` is that of all fields but
    ``unsealed`` (`invoicing.domain.sealing`).
    """

    unsealed: ClassVar[frozenset[str]] = frozenset({"version", "sequence", "page_token", "sent_at"})

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    number: str
    invoice_id: str
    invoice_number: str
    buyer: Buyer
    seller: Seller
    currency: str
    locale: str
    time_zone: str
    prices_include_tax: bool = False
    lines: tuple[CreditLine, ...]
    subtotal: int
    discount_amount: int
    tax: int
    total: int
    tax_breakdown: tuple[TaxGroup, ...]
    reason: str
    issue_date: date
    applied_to_invoice: int
    credited_to_customer: int
    page_token: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
    content_hash: str | None = None

    def on_invoice(self) -> InvoiceCreditNote:
        """Return the note as its invoice lists it."""
        return InvoiceCreditNote(
            credit_note_id=self.id, number=self.number, issue_date=self.issue_date, total=self.total
        )


@dataclass(frozen=True, slots=True)
class CreditItem:
    """A line and the quantity of it that a client wants credited."""

    line_id: str
    quantity: Decimal


def quantities_to_credit(invoice: Invoice, items: Sequence[CreditItem] | None) -> dict[str, Decimal]:
    """Return the quantity to credit by line, in the order of the invoice; ``items`` None credits all that is left.

    `Conflict` ``INVALID_INVOICE_STATE`` when nothing is left; `ValidationFailed` ``LINE_NOT_FOUND``, ``LINE_REPEATED``
    and ``QUANTITY_EXCEEDS_INVOICE``, naming every wrong item.
    """
    left = {line.id: line.quantity - invoice.credited.get(line.id, ZERO) for line in invoice.lines}
    if not any(left.values()):
        message = "This invoice has already been credited in full."
        raise Conflict("INVALID_INVOICE_STATE", message, status=str(invoice.status))
    if items is None:
        return {line_id: quantity for line_id, quantity in left.items() if quantity}
    asked: dict[str, Decimal] = {}
    wrong = []
    for index, item in enumerate(items):
        if detail := _wrong(index, item, asked, left):
            wrong.append(detail)
        asked[item.line_id] = item.quantity
    if wrong:
        raise ValidationFailed(*wrong)
    return {line.id: asked[line.id] for line in invoice.lines if line.id in asked}


def lines_to_credit(invoice: Invoice, quantities: Mapping[str, Decimal]) -> tuple[CreditLine, ...]:
    """Return the lines of a credit note over these quantities.

    `ValidationFailed` ``TOTAL_NOT_POSITIVE`` when their total is not above 0, and ``AMOUNT_EXCEEDS_INVOICE`` when all
    credit notes together would exceed the invoice, which happens when its negative lines are left out.
    """
    lines = _credit_lines(invoice, quantities)
    total = sum(line.total for line in lines)
    if total <= 0:
        message = "items must add up to more than 0; credit lines with a positive amount."
        raise ValidationFailed(Detail("items", message, "TOTAL_NOT_POSITIVE", to_major(total, invoice.currency)))
    most = invoice.total - credited_total(invoice)
    if total > most:
        given, left = (to_major(amount, invoice.currency) for amount in (total, most))
        message = f"items must add up to at most {left}, the rest of the invoice; credit its negative lines too."
        raise ValidationFailed(Detail("items", message, "AMOUNT_EXCEEDS_INVOICE", given))
    return lines


def credited_total(invoice: Invoice) -> int:
    """Return the total of all credit notes of an invoice, in minor units."""
    credited = _credited(invoice, _groups(invoice.lines), invoice.credited)
    return sum(credited.taxed) + (0 if invoice.prices_include_tax else sum(credited.group_taxes))


def tax_groups(lines: Sequence[CreditLine]) -> tuple[TaxGroup, ...]:
    """Group the tax of a credit note's lines by rate and category, in the order that invoices use."""
    return tuple(
        TaxGroup(
            rate=rate,
            category=category or None,
            name=shared_name(lines[index].tax_name for index in members),
            taxable=sum(lines[index].subtotal - lines[index].discount_amount for index in members),
            tax=sum(lines[index].tax for index in members),
        )
        for (rate, category), members in _groups(lines).items()
    )


def issue_credit_note(
    invoice: Invoice, lines: tuple[CreditLine, ...], *, note_id: str, number: str, reason: str, on: date, now: datetime
) -> CreditNote:
    """Issue and seal the credit note of these lines for an issued invoice; its amounts are the sums of the lines."""
    if invoice.seller is None or invoice.number is None:
        raise LookupError("an issued invoice has a seller and a number")
    total = sum(line.total for line in lines)
    applied = min(total, invoice.amount_due)
    note = CreditNote(
        account=invoice.account,
        id=note_id,
        version=1,
        number=number,
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        buyer=invoice.buyer,
        seller=invoice.seller,
        currency=invoice.currency,
        locale=invoice.locale,
        time_zone=invoice.time_zone,
        prices_include_tax=invoice.prices_include_tax,
        lines=lines,
        subtotal=sum(line.subtotal for line in lines),
        discount_amount=sum(line.discount_amount for line in lines),
        tax=sum(line.tax for line in lines),
        total=total,
        tax_breakdown=with_exemptions_of(invoice, tax_groups(lines)),
        reason=reason,
        issue_date=on,
        applied_to_invoice=applied,
        credited_to_customer=total - applied,
        page_token=invoice.page_token,
        created_at=now,
    )
    return sealed(note)


class _Credited(NamedTuple):
    """What is credited of each line and the tax of each group, in minor units.

    ``taxed`` is what tax is computed from: it contains the tax if the invoice's prices do.
    """

    taxed: list[int]
    discounts: list[int]
    group_taxes: list[int]


def _groups(lines: Sequence[Line] | Sequence[CreditLine]) -> dict[Group, list[int]]:
    return lines_by_group([line.tax_rate for line in lines], [line.tax_category for line in lines])


def _credited(invoice: Invoice, groups: Mapping[Group, Sequence[int]], quantities: Mapping[str, Decimal]) -> _Credited:
    """Return what these quantities come to; the whole quantity of a line has the line's own amounts."""
    included = invoice.prices_include_tax
    parts = [Fraction(quantities.get(line.id, ZERO)) / Fraction(line.quantity) for line in invoice.lines]
    discounts = [half_up(line.discount_amount * part) for line, part in zip(invoice.lines, parts, strict=True)]
    whole = [
        half_up((line.total if included else line.subtotal) * part)
        for line, part in zip(invoice.lines, parts, strict=True)
    ]
    taxed = whole if included else list(map(sub, whole, discounts))
    taxes = [
        half_up(sum(taxed[index] for index in members) * taxed_part(rate, included=included))
        for (rate, _), members in groups.items()
    ]
    return _Credited(taxed, discounts, taxes)


def _credit_lines(invoice: Invoice, quantities: Mapping[str, Decimal]) -> tuple[CreditLine, ...]:
    """Return what is credited with these quantities less what was credited before; taxes spread as in invoices."""
    groups = _groups(invoice.lines)
    then = {line.id: invoice.credited.get(line.id, ZERO) + quantities.get(line.id, ZERO) for line in invoice.lines}
    before, after = (_credited(invoice, groups, credited) for credited in (invoice.credited, then))
    taxed, discounts, group_taxes = (list(map(sub, new, old)) for new, old in zip(after, before, strict=True))
    taxes = [0] * len(taxed)
    for ((rate, _), members), tax in zip(groups.items(), group_taxes, strict=True):
        here = [index for index in members if invoice.lines[index].id in quantities]
        part = taxed_part(rate, included=invoice.prices_include_tax)
        put(taxes, here, spread(tax, [taxed[index] for index in here], ratio=part))
    return tuple(
        _credit_line(line, quantities[line.id], amount - tax if invoice.prices_include_tax else amount, discount, tax)
        for line, amount, discount, tax in zip(invoice.lines, taxed, discounts, taxes, strict=True)
        if line.id in quantities
    )


def _credit_line(line: Line, quantity: Decimal, net: int, discount: int, tax: int) -> CreditLine:
    return CreditLine(
        line_id=line.id,
        description=line.description,
        quantity=quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        price_quantity=line.price_quantity,
        tax_rate=line.tax_rate,
        tax_category=line.tax_category,
        tax_name=line.tax_name,
        subtotal=net + discount,
        discount_amount=discount,
        tax=tax,
        total=net + tax,
    )


def _wrong(index: int, item: CreditItem, asked: Mapping[str, Decimal], left: Mapping[str, Decimal]) -> Detail | None:
    line_id, quantity = f"items[{index}].line_id", f"items[{index}].quantity"
    if item.line_id not in left:
        return Detail(line_id, f"{line_id} does not name a line of the invoice.", "LINE_NOT_FOUND", item.line_id)
    if item.line_id in asked:
        return Detail(line_id, f"{line_id} repeats a line; name each line once.", "LINE_REPEATED", item.line_id)
    most = left[item.line_id]
    if not (0 < item.quantity <= most or most <= item.quantity < 0):
        bounds = f"below 0 and at least {most:f}" if most < 0 else f"above 0 and at most {most:f}"
        message = f"{quantity} must be {bounds}, the quantity not yet credited."
        return Detail(quantity, message, "QUANTITY_EXCEEDS_INVOICE", item.quantity)
    return None
