"""The text of an invoice in the customer's language; PDF, page and e-mail only lay it out."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from invoicing.domain.invoices.early_payment import printed_offers
from invoicing.domain.invoices.invoice import Invoice, Line, Status
from invoicing.domain.invoices.payment_terms import PaymentTerms, read_terms
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.amounts import EXACT, round_to_minor, to_minor
from invoicing.domain.money.tax import ONE, LineTax
from invoicing_documents.parties import Field, Party, bank_fields, party_of
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.sums import adjustments_of, base_tax_of, exemptions_of, payable_of, summary_of
from invoicing_documents.wording import NO_BREAK_SPACE, Wording, wording_for

_SHORT_UNIT = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the invoice; a text is empty where there is no value.

    ``note`` is its SKU and its service period. ``tax`` has a line for each of several taxes. ``adjustments`` are the
    allowances and charges of the line.
    """

    description: str
    note: str
    quantity: str
    unit_price: str
    discount: str
    tax: str
    amount: str
    adjustments: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a document; ``included_tax`` is set instead of tax in ``summary`` when prices include tax.

    ``title`` is its kind, and marks a draft; ``notice`` says why it is not valid. ``panel`` is the highlighted amount.
    ``payable`` leads from the total to the amount payable, its last field, and is empty where that is the total.
    ``uses`` say what becomes of it, and ``exemptions`` why there is no tax.
    ``notes`` stand under ``notes_heading``, and the buyer under ``buyer_heading``, or under the heading for the billed
    party.
    """

    wording: Wording
    title: str
    number: str | None
    seller: Party
    seller_email: str | None
    buyer_heading: str
    buyer: Party
    facts: tuple[Field, ...]
    rows: tuple[Row, ...]
    summary: tuple[Field, ...]
    total: Field
    included_tax: tuple[Field, ...]
    payable: tuple[Field, ...] = ()
    uses: tuple[Field, ...] = ()
    exemptions: tuple[str, ...] = ()
    panel: Field
    notes_heading: str
    notes: str
    payment_instructions: str
    bank: tuple[Field, ...]
    notice: str = ""

    @property
    def has_discounts(self) -> bool:
        """Whether any line has a discount of its own."""
        return any(row.discount for row in self.rows)

    @property
    def has_taxes(self) -> bool:
        """Whether any line is taxed or names a tax."""
        return any(row.tax for row in self.rows)


def content_of(invoice: Invoice) -> Content:
    """Return the text of an invoice; `ValueError` without a seller.

    A draft has no number, even where one is reserved for it. Payments are left out: an issued document always shows the
    original amounts, so that it never changes.
    """
    if invoice.seller is None:
        raise ValueError(f"invoice {invoice.id} has no seller")
    seller, wording = invoice.seller, wording_for(invoice.locale)
    number = None if invoice.status is Status.DRAFT else invoice.number
    taxed = any(line.tax_rate or line.tax_name or line.taxes for line in invoice.taxed_lines)
    adjustments = adjustments_of(invoice.lines, (*invoice.allowances, *invoice.charges), wording)
    summary, included = summary_of(invoice, wording, taxed=taxed, adjustments=adjustments)
    total = wording.money(invoice.total, invoice.currency)
    return Content(
        wording=wording,
        title=wording["draft_title"] if number is None else wording["invoice"],
        number=one_line(number) if number else None,
        seller=party_of(wording, seller.name, seller.address, seller.tax_ids),
        seller_email=one_line(seller.email) if seller.email else None,
        buyer_heading=wording["bill_to"],
        buyer=party_of(wording, invoice.buyer.name, invoice.buyer.address, invoice.buyer.tax_ids),
        facts=_facts(invoice, wording),
        rows=tuple(_row(line, invoice.currency, wording, taxed=taxed) for line in invoice.lines),
        summary=summary,
        total=Field(f"{wording['total']} ({invoice.currency})", total),
        included_tax=included + base_tax_of(invoice, wording),
        payable=payable_of(invoice, wording, invoice.prepayments),
        exemptions=exemptions_of(invoice, wording),
        panel=Field(wording["amount_due"], wording.money(invoice.amount_payable, invoice.currency)),
        notes_heading=wording["notes"],
        notes=plain_text(invoice.notes or "").strip(),
        payment_instructions=plain_text(seller.payment_instructions or "").strip(),
        bank=bank_fields(seller.bank_account, wording),
        notice=wording["draft_notice"] if number is None else "",
    )


def _facts(invoice: Invoice, wording: Wording) -> tuple[Field, ...]:
    facts = [
        Field(wording["issue_date"], wording.date(invoice.issue_date)),
        Field(wording["due_date"], wording.date(invoice.due_date)),
    ]
    if invoice.payment_terms:
        facts.append(Field(wording["payment_terms"], _terms(invoice.payment_terms, wording)))
    for offer in printed_offers(invoice):
        amounts = {"amount": wording.money(offer.amount, invoice.currency), "date": wording.date(offer.until)}
        percent = wording.percent(offer.percent.scaleb(-2, EXACT))
        text = wording.say("discount_until", percent=percent, **amounts)
        facts.append(Field(wording["early_payment_discount"], text))
    if invoice.service_period:
        facts.append(Field(wording["service_period"], _period(invoice.service_period, wording)))
    if invoice.purchase_order:
        facts.append(Field(wording["purchase_order"], one_line(invoice.purchase_order)))
    return tuple(facts)


def _terms(payment_terms: str, wording: Wording) -> str:
    """Return payment terms, translated where they are a number of days or due on receipt; other wording is kept."""
    terms = read_terms(payment_terms)
    # The translation is plural; nobody grants one day.
    if terms is None or terms != PaymentTerms(terms.days) or terms.days == 1:
        return one_line(payment_terms)
    return wording.say("net_days", days=wording.count(terms.days)) if terms.days else wording["due_on_receipt"]


def _row(line: Line, currency: str, wording: Wording, *, taxed: bool) -> Row:
    """Return a line with its amount before discounts, as a reader can check it on paper, and its own discount."""
    discount = ""
    if line.discount is not None:
        is_rate = line.discount.type == "percentage"
        discount = (
            wording.percent(line.discount.value.scaleb(-2, EXACT).copy_negate())
            if is_rate
            else wording.amount(-to_minor(line.discount.value, currency), currency)
        )
    return Row(
        description=plain_text(line.description).strip(),
        note=_note(line, wording),
        quantity=with_unit(wording.quantity(line.quantity), one_line(line.unit or "")),
        unit_price=price_with_quantity(line.unit_price, line.price_quantity, currency, wording),
        discount=discount,
        tax=rates_of(line, wording) if taxed else "",
        amount=wording.amount(amount_of(line.quantity, line.unit_price, line.price_quantity, currency), currency),
        adjustments=_adjustments(line, currency, wording) if line.adjustments else (),
    )


def _note(line: Line, wording: Wording) -> str:
    period = _period(line.service_period, wording) if line.service_period else ""
    return " · ".join(filter(None, (one_line(line.sku or ""), period)))


def _period(period: ServicePeriod, wording: Wording) -> str:
    return f"{wording.date(period.start)} – {wording.date(period.end)}"


class Rated(Protocol):
    """A line with the whole rate of its ``taxes``, if there are several."""

    @property
    def tax_rate(self) -> Decimal: ...
    @property
    def taxes(self) -> tuple[LineTax, ...]: ...


def rates_of(line: Rated, wording: Wording) -> str:
    """Return the rate of a line, several below each other."""
    return "\n".join(wording.percent(tax.rate) for tax in line.taxes) or wording.percent(line.tax_rate)


def _adjustments(line: Line, currency: str, wording: Wording) -> tuple[Field, ...]:
    """Return the allowances of a line, taken off its amount, and its charges, added to it."""
    signed = [(each, -each.amount) for each in line.allowances] + [(each, each.amount) for each in line.charges]
    return tuple(
        Field(
            one_line(each.description)
            + (f" · {wording.percent(each.percentage.scaleb(-2, EXACT))}" if each.percentage is not None else ""),
            wording.amount(amount, currency),
        )
        for each, amount in signed
    )


def amount_of(quantity: Decimal, price: Decimal, per: Decimal, currency: str) -> int:
    """Return quantity × price in minor units, before discounts."""
    return round_to_minor(EXACT.divide(EXACT.multiply(quantity, price), per), currency)


def with_unit(quantity: str, unit: str) -> str:
    """Append a unit: a short one stays on the line of its number, a long one may wrap."""
    separator = NO_BREAK_SPACE if len(unit) <= _SHORT_UNIT else " "
    return f"{quantity}{separator}{unit}" if unit else quantity


def price_with_quantity(price: Decimal, per: Decimal, currency: str, wording: Wording) -> str:
    """Return the unit price, with the number of units it is for: "5.48 / 1,000"."""
    shown = wording.price(price, currency)
    return shown if per == ONE else f"{shown} / {wording.quantity(per)}"
