"""Credit notes: exact credit for part or all of an issued invoice.

The amounts of a partly credited line are the line's own in proportion to the quantity, each rounded half up: the
credited amount after the note less the credited amount before it. So any sequence of notes that credits everything adds
up to the invoice to the cent, in any order and however small the parts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, Line
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.tax import LineAmounts, TaxGroup, half_up
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer

ZERO = Decimal(0)


class CreditLine(NamedTuple):
    """A credited quantity of an invoice line; amounts in minor units, as in the invoice line."""

    line_id: str
    description: str
    quantity: Decimal
    unit: str | None
    unit_price: Decimal
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
    when ``sent_at``, the time of the first e-mail request, is set.
    """

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
    lines = tuple(
        credit_line(line, invoice.credited.get(line.id, ZERO), quantities[line.id])
        for line in invoice.lines
        if line.id in quantities
    )
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


def credit_line(line: Line, already: Decimal, quantity: Decimal) -> CreditLine:
    """Return the line that credits ``quantity`` of an invoice line of which ``already`` is credited."""
    before, after = (credited_amounts(line, credited) for credited in (already, already + quantity))
    return CreditLine(
        line_id=line.id,
        description=line.description,
        quantity=quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        tax_rate=line.tax_rate,
        tax_category=line.tax_category,
        tax_name=line.tax_name,
        subtotal=after.subtotal - before.subtotal,
        discount_amount=after.discount - before.discount,
        tax=after.tax - before.tax,
        total=after.total - before.total,
    )


def credited_amounts(line: Line, quantity: Decimal) -> LineAmounts:
    """Return the amounts of a credited quantity; the whole quantity has the line's own amounts."""
    part = Fraction(quantity) / Fraction(line.quantity)
    subtotal, discount, tax = (half_up(amount * part) for amount in (line.subtotal, line.discount_amount, line.tax))
    return LineAmounts(subtotal=subtotal, discount=discount, tax=tax, total=subtotal - discount + tax)


def credited_total(invoice: Invoice) -> int:
    """Return the total of all credit notes of an invoice, in minor units."""
    return sum(credited_amounts(line, invoice.credited.get(line.id, ZERO)).total for line in invoice.lines)


def tax_groups(lines: Sequence[CreditLine]) -> tuple[TaxGroup, ...]:
    """Group the tax of a credit note's lines by rate, category and name, in the order that invoices use."""
    groups: dict[tuple[Decimal, str, str], list[CreditLine]] = defaultdict(list)
    for line in lines:
        groups[line.tax_rate, line.tax_category or "", line.tax_name or ""].append(line)
    return tuple(
        TaxGroup(
            rate=rate,
            category=category or None,
            name=name or None,
            taxable=sum(line.subtotal - line.discount_amount for line in members),
            tax=sum(line.tax for line in members),
        )
        for (rate, category, name), members in sorted(groups.items(), key=lambda item: item[0], reverse=True)
    )


def issue_credit_note(
    invoice: Invoice, lines: tuple[CreditLine, ...], *, note_id: str, number: str, reason: str, on: date, now: datetime
) -> CreditNote:
    """Issue the credit note of these lines for an issued invoice; its amounts are the sums of the lines."""
    if invoice.seller is None or invoice.number is None:
        raise LookupError("an issued invoice has a seller and a number")
    total = sum(line.total for line in lines)
    applied = min(total, invoice.amount_due)
    return CreditNote(
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
        tax_breakdown=tax_groups(lines),
        reason=reason,
        issue_date=on,
        applied_to_invoice=applied,
        credited_to_customer=total - applied,
        page_token=invoice.page_token,
        created_at=now,
    )


def _wrong(index: int, item: CreditItem, asked: Mapping[str, Decimal], left: Mapping[str, Decimal]) -> Detail | None:
    line_id, quantity = f"items[{index}].line_id", f"items[{index}].quantity"
    if item.line_id not in left:
        return Detail(line_id, f"{line_id} does not name a line of the invoice.", "LINE_NOT_FOUND", item.line_id)
    if item.line_id in asked:
        return Detail(line_id, f"{line_id} repeats a line; name each line once.", "LINE_REPEATED", item.line_id)
    if item.quantity > left[item.line_id]:
        message = f"{quantity} must be at most {left[item.line_id]:f}, the quantity not yet credited."
        return Detail(quantity, message, "QUANTITY_EXCEEDS_INVOICE", item.quantity)
    return None
