"""The text of a credit note in the customer's language."""

from fractions import Fraction
from functools import partial
from operator import attrgetter

from invoicing.domain.calendar import today
from invoicing.domain.credit_notes.credit_note import CreditLine, CreditNote
from invoicing.domain.money.amounts import EXACT
from invoicing.domain.templates.template import Template
from invoicing_documents.bilingual import in_its_languages
from invoicing_documents.content import Content, Row, amount_of, country_of, price_with_quantity, rates_of
from invoicing_documents.designs import in_design, in_language, worded_for
from invoicing_documents.line_notes import note_below
from invoicing_documents.particulars_content import further_parties, reference_facts
from invoicing_documents.parties import Field, buyer_of, seller_of
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.sums import adjustments_of, base_tax_of, exemptions_of, payable_of, summary_of
from invoicing_documents.units import quantity_in_units
from invoicing_documents.wording import Wording

_MOST_ROUNDED = 2
"""By how many minor units rounding can part a line from its exact figure: of its amount, its tax and its discount."""


def credit_note_content_of(note: CreditNote, template: Template | None = None) -> Content:
    """Return the text of a credit note in the design of a template; voiding it is the only event that changes it."""
    template = in_language(template, note.locale)
    content = _content_of(note, worded_for(note.locale, template))
    known = {"number": note.invoice_number, "currency": note.currency}
    return in_design(content, template, note.id, note.buyer, note.seller, **known)


def credit_note_in_its_languages(note: CreditNote, template: Template | None) -> Content:
    """Return the text of a credit note in the design of a template, in its one or two languages."""
    return in_its_languages(credit_note_content_of(note, template), note.locale, partial(_content_of, note))


def _content_of(note: CreditNote, wording: Wording) -> Content:
    seller = note.seller
    taxed = any(line.tax_rate or line.tax_name or line.taxes for line in note.lines)
    total = wording.money(note.total, note.currency)
    lines = [line for line in note.lines if line.kind == "line"]
    beside = sorted((line for line in note.lines if line.kind != "line"), key=attrgetter("kind"))
    adjustments = adjustments_of(lines, beside, wording)
    summary, included = summary_of(note, wording, taxed=taxed, adjustments=adjustments)
    return Content(
        wording=wording,
        currency=note.currency,
        title=wording["credit_note"],
        number=one_line(note.number),
        seller=seller_of(wording, seller),
        seller_email=one_line(seller.email) if seller.email else None,
        buyer_heading=wording["credited_customer"],
        buyer=buyer_of(wording, note.buyer),
        facts=_facts(note, wording),
        further_parties=tuple(further_parties(note.particulars, wording)),
        rows=tuple(_row(line, note, wording, taxed=taxed) for line in lines),
        summary=summary,
        total=Field(f"{wording['total']} ({note.currency})", total),
        included_tax=included + base_tax_of(note, wording),
        payable=payable_of(note, wording),
        uses=_uses(note, wording),
        exemptions=exemptions_of(note, wording),
        panel=Field(wording["credited_amount"], total),
        notes_heading=wording["reason"],
        notes=_reason(note, wording),
        payment_instructions="",
        payment=(),
        notice=_notice(note, wording),
    )


def _facts(note: CreditNote, wording: Wording) -> tuple[Field, ...]:
    return (
        Field(wording["credit_note_date"], wording.date(note.issue_date)),
        Field(wording["for_invoice"], one_line(note.invoice_number)),
        *reference_facts(note, note.particulars, wording),
    )


def _reason(note: CreditNote, wording: Wording) -> str:
    if note.kind == "early_payment_discount":
        return wording["early_payment_discount"]
    return wording["cancelled_invoice"] if note.reason is None else plain_text(note.reason).strip()


def _notice(note: CreditNote, wording: Wording) -> str:
    if note.voided_at is None:
        return ""
    return wording.say("voided_notice", date=wording.date(today(note.voided_at, note.time_zone)))


def _row(line: CreditLine, note: CreditNote, wording: Wording, *, taxed: bool) -> Row:
    """Return a line with its amount before discounts, and its discount, with tax where prices include it.

    A price stands only beside a quantity that was credited for it; a percentage stands in place of the quantity.
    """
    currency = note.currency
    quantity, price, discount = _measure(line, wording), "", line.discount_amount
    amount = line.total if note.prices_include_tax else line.subtotal
    full = _full_amount(line, note)
    adjusted = {"allowances_on_items": -line.allowances_total, "charges_on_items": line.charges_total}
    if note.prices_include_tax and any(adjusted.values()):
        full, adjusted = None, {}  # which are known without tax only: the amount contains them
    if full is not None:
        price = price_with_quantity(line.unit_price, line.price_quantity, currency, wording)
    if note.prices_include_tax:
        discount = full - amount if full is not None and discount else 0
        amount += discount
    return Row(
        description=plain_text(line.description).strip(),
        note=note_below(line.particulars, (), wording, country_of(note.seller)),
        quantity=quantity,
        unit_price=price,
        discount=wording.amount(-discount, currency) if discount else "",
        tax=rates_of(line, wording) if taxed else "",
        amount=wording.amount(amount, currency),
        minor=amount + sum(adjusted.values()),
        adjustments=tuple(
            Field(wording[name], wording.amount(part, currency)) for name, part in adjusted.items() if part
        ),
    )


def _measure(line: CreditLine, wording: Wording) -> str:
    if line.quantity is not None:
        return quantity_in_units(line.quantity, line.unit, line.particulars, wording)
    return wording.percent(line.percentage.scaleb(-2, EXACT)) if line.percentage is not None else ""


def _full_amount(line: CreditLine, note: CreditNote) -> int | None:
    """Return quantity × price in minor units; None where no quantity is credited, or not for its price.

    The last of a quantity is credited with the rest of its line, which is less where amounts were credited before.
    """
    if line.quantity is None:
        return None
    full = amount_of(line.quantity, line.unit_price, line.price_quantity, note.currency)
    included_rate = Fraction(line.tax_rate) if note.prices_include_tax else Fraction(0)
    without_tax = full / (1 + included_rate)
    return full if abs(without_tax - line.subtotal) <= _MOST_ROUNDED else None


def _uses(note: CreditNote, wording: Wording) -> tuple[Field, ...]:
    """Return what became of the credit, where it is more than the amount due."""
    if not note.credited_to_customer:
        return ()
    parts = {"off_invoice": note.applied_to_invoice, "added_to_credit": note.credited_to_customer}
    return tuple(Field(wording[key], wording.amount(part, note.currency)) for key, part in parts.items() if part)
