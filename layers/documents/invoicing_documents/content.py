"""The text of an invoice in the customer's language; PDF, page and e-mail only lay it out."""

from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.early_payment import printed_offers
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.mark import Mark
from invoicing.domain.invoices.payment_terms import PaymentTerms, read_terms
from invoicing.domain.money.amounts import EXACT, round_to_minor, to_minor
from invoicing.domain.money.tax import ONE, LineTax
from invoicing.domain.parties.account import Seller
from invoicing.domain.templates.template import PLAIN, Column, Design
from invoicing_documents.line_notes import note_below
from invoicing_documents.particulars_content import (
    date_facts,
    further_parties,
    notes_text,
    payment_fields,
    period_text,
    reference_facts,
)
from invoicing_documents.parties import Field, HeadedParty, Party, buyer_of, seller_of
from invoicing_documents.payment_code import payment_code_of, payment_url_of
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.sums import adjustments_of, base_tax_of, exemptions_of, payable_of, summary_of
from invoicing_documents.swiss_qr_bill import QrBill, is_swiss, qr_bill_of
from invoicing_documents.titles import title_of
from invoicing_documents.units import quantity_in_units
from invoicing_documents.wording import Wording, wording_for


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the invoice; a text is empty where there is no value.

    ``note`` is its SKU, service period and particulars, on several lines. ``tax`` has a line for each of several taxes.
    ``adjustments`` are the allowances and charges of the line, and ``minor`` is what they and the amount come to, in
    minor units.
    """

    description: str
    note: str
    quantity: str
    unit_price: str
    discount: str
    tax: str
    amount: str
    minor: int
    adjustments: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a document; ``included_tax`` is set instead of tax in ``summary`` when prices include tax.

    ``title`` is its kind, and marks a draft; ``subtitle`` is that in a second language. ``notice`` says why it is not
    valid. ``panel`` is the highlighted amount.
    ``payable`` leads from the total to the amount payable, its last field, and is empty where that is the total.
    ``payment`` says how it is paid. ``uses`` say what becomes of it, and ``exemptions`` why there is no tax.
    ``payment_code`` is what the code beside the bank account says, empty without one; that of a ``qr_bill`` is part of
    its form. ``payment_url`` is where it can be paid.
    A copy has a ``mark``, which says what became of the document.
    ``header`` and ``footer`` are texts of the ``design``, which also says what lines show.
    ``currency`` is that of the amounts.
    ``notes`` stand under ``notes_heading``, and the buyer under ``buyer_heading``, or under the heading for the billed
    party.
    """

    wording: Wording
    currency: str = ""
    title: str
    subtitle: str = ""
    number: str | None
    seller: Party
    seller_email: str | None
    buyer_heading: str
    buyer: Party
    further_parties: tuple[HeadedParty, ...] = ()
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
    payment: tuple[Field, ...]
    payment_code: str = ""
    payment_url: str = ""
    qr_bill: QrBill | None = None
    notice: str = ""
    mark: Mark | None = None
    design: Design = PLAIN
    header: str = ""
    footer: str = ""

    @property
    def has_discounts(self) -> bool:
        """Whether any line has a discount of its own."""
        return self.shows("discount") and any(row.discount for row in self.rows)

    @property
    def has_taxes(self) -> bool:
        """Whether any line is taxed or names a tax."""
        return self.shows("tax") and any(row.tax for row in self.rows)

    def shows(self, column: Column) -> bool:
        """Whether lines show something besides description and amount."""
        return column in self.design.columns


def content_of(invoice: Invoice, wording: Wording | None = None) -> Content:
    """Return the text of an invoice, in its own language; `ValueError` without a seller.

    A draft has no number, even where one is reserved for it. Payments are left out: an issued document always shows the
    original amounts, so that it never changes.
    """
    if invoice.seller is None:
        raise ValueError(f"invoice {invoice.id} has no seller")
    seller, stated, wording = invoice.seller, invoice.stated, wording or wording_for(invoice.locale)
    number = None if invoice.status is Status.DRAFT or not invoice.number else one_line(invoice.number)
    taxed = any(line.tax_rate or line.tax_name or line.taxes for line in invoice.taxed_lines)
    adjustments = adjustments_of(invoice.lines, (*invoice.allowances, *invoice.charges), wording)
    summary, included = summary_of(invoice, wording, taxed=taxed, adjustments=adjustments)
    total = wording.money(invoice.total, invoice.currency)
    content = Content(
        wording=wording,
        currency=invoice.currency,
        title=wording["draft_title"] if number is None else title_of(invoice, seller, wording),
        number=number,
        seller=seller_of(wording, seller),
        seller_email=one_line(seller.email) if seller.email else None,
        buyer_heading=wording["bill_to"],
        buyer=buyer_of(wording, invoice.buyer),
        further_parties=tuple(further_parties(stated, wording)),
        facts=_facts(invoice, wording),
        rows=tuple(_row(line, invoice, wording, taxed=taxed) for line in invoice.lines),
        summary=summary,
        total=Field(f"{wording['total']} ({invoice.currency})", total),
        included_tax=included + base_tax_of(invoice, wording),
        payable=payable_of(invoice, wording, invoice.prepayments),
        exemptions=exemptions_of(invoice, wording),
        panel=Field(wording["amount_due"], wording.money(invoice.amount_payable, invoice.currency)),
        notes_heading=wording["notes"],
        notes=notes_text(invoice.notes, stated.coded_notes),
        payment_instructions=plain_text(seller.payment_instructions or "").strip() if has_to_be_paid(invoice) else "",
        payment=payment_fields(stated, seller, number, wording) if invoice.amount_payable else (),
        notice=wording["draft_notice"] if number is None else "",
    )
    return _with_codes(content, invoice) if number else content


def has_to_be_paid(invoice: Invoice) -> bool:
    """Whether the customer has to act: not for an amount of 0, nor for one that is debited."""
    means = invoice.stated.payment_means
    return bool(invoice.amount_payable) and not (means is not None and means.is_direct_debit)


def _with_codes(content: Content, invoice: Invoice) -> Content:
    """Return the content of an issued invoice with the code and the address at which it can be paid, if any."""
    amount = invoice.amount_payable
    code, url = payment_code_of(invoice, amount), payment_url_of(invoice, amount)
    if not (code or url):
        return content
    bill = qr_bill_of(invoice, amount) if is_swiss(code) else None
    return replace(content, payment_code=code, payment_url=url, qr_bill=bill)


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
    facts += date_facts(invoice.stated, invoice.service_period, wording)
    facts += reference_facts(invoice, invoice.stated, wording)
    return tuple(facts)


def _terms(payment_terms: str, wording: Wording) -> str:
    """Return payment terms, translated where they are a number of days or due on receipt; other wording is kept."""
    terms = read_terms(payment_terms)
    # The translation is plural; nobody grants one day.
    if terms is None or terms != PaymentTerms(terms.days) or terms.days == 1:
        return one_line(payment_terms)
    return wording.say("net_days", days=wording.count(terms.days)) if terms.days else wording["due_on_receipt"]


def _row(line: Line, invoice: Invoice, wording: Wording, *, taxed: bool) -> Row:
    """Return a line with its amount before discounts, as a reader can check it on paper, and its own discount."""
    currency = invoice.currency
    discount = ""
    if line.discount is not None:
        is_rate = line.discount.type == "percentage"
        discount = (
            wording.percent(line.discount.value.scaleb(-2, EXACT).copy_negate())
            if is_rate
            else wording.amount(-to_minor(line.discount.value, currency), currency)
        )
    amount = amount_of(line.quantity, line.unit_price, line.price_quantity, currency)
    return Row(
        description=plain_text(line.description).strip(),
        note=_note(line, wording, country_of(invoice.seller)),
        quantity=quantity_in_units(line.quantity, line.unit, line.particulars, wording),
        unit_price=price_with_quantity(line.unit_price, line.price_quantity, currency, wording),
        discount=discount,
        tax=rates_of(line, wording) if taxed else "",
        amount=wording.amount(amount, currency),
        minor=amount + sum(each.amount for each in line.charges) - sum(each.amount for each in line.allowances),
        adjustments=_adjustments(line, currency, wording) if line.adjustments else (),
    )


def country_of(seller: Seller | None) -> str | None:
    """Return the country that a seller's address names."""
    return seller.address.country if seller and seller.address else None


def _note(line: Line, wording: Wording, country: str | None) -> str:
    period = period_text(line.service_period, wording) if line.service_period else ""
    return note_below(line.particulars, (one_line(line.sku or ""), period), wording, country)


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


def price_with_quantity(price: Decimal, per: Decimal, currency: str, wording: Wording) -> str:
    """Return the unit price, with the number of units it is for: "5.48 / 1,000"."""
    shown = wording.price(price, currency)
    return shown if per == ONE else f"{shown} / {wording.quantity(per)}"
