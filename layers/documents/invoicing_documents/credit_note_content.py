"""The text of a credit note in the customer's language."""

from invoicing.domain.credit_notes.credit_note import CreditLine, CreditNote
from invoicing.domain.money.amounts import EXACT, round_to_minor
from invoicing_documents.content import Content, Row, price_with_quantity, tax_field, with_unit
from invoicing_documents.parties import Field, party_of
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.wording import Wording, wording_for


def credit_note_content_of(note: CreditNote) -> Content:
    """Return the text of a credit note; later events do not change it."""
    seller, wording = note.seller, wording_for(note.locale)
    taxed = any(line.tax_rate or line.tax_name for line in note.lines)
    total = wording.money(note.total, note.currency)
    summary, below = _summary(note, wording, taxed=taxed)
    return Content(
        wording=wording,
        title=wording["credit_note"],
        number=one_line(note.number),
        seller=party_of(wording, seller.name, seller.address, seller.tax_ids),
        seller_email=one_line(seller.email) if seller.email else None,
        buyer_heading=wording["credited_customer"],
        buyer=party_of(wording, note.buyer.name, note.buyer.address, note.buyer.tax_ids),
        facts=(
            Field(wording["credit_note_date"], wording.date(note.issue_date)),
            Field(wording["for_invoice"], one_line(note.invoice_number)),
        ),
        rows=tuple(_row(line, note, wording, taxed=taxed) for line in note.lines),
        summary=summary,
        total=Field(f"{wording['total']} ({note.currency})", total),
        included_tax=below,
        panel=Field(wording["credited_amount"], total),
        notes_heading=wording["reason"],
        notes=plain_text(note.reason).strip(),
        payment_instructions="",
        bank=(),
    )


def _row(line: CreditLine, note: CreditNote, wording: Wording, *, taxed: bool) -> Row:
    """Return a line with its amount after all discounts, with tax where prices include it."""
    currency = note.currency
    discount, amount = line.discount_amount, line.subtotal - line.discount_amount
    if note.prices_include_tax:
        amount = line.total
        whole = round_to_minor(EXACT.multiply(line.quantity, line.unit_price), currency)
        discount = whole - amount if discount else 0
    return Row(
        description=plain_text(line.description).strip(),
        sku="",
        quantity=with_unit(wording.quantity(line.quantity), one_line(line.unit or "")),
        unit_price=price_with_quantity(line.unit_price, line.price_quantity, currency, wording),
        discount=wording.amount(discount, currency) if discount else "",
        tax=wording.percent(line.tax_rate) if taxed else "",
        amount=wording.amount(amount, currency),
    )


def _summary(note: CreditNote, wording: Wording, *, taxed: bool) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return the rows above the total, which add up to it, and those below: included taxes, and use of the credit."""
    currency = note.currency
    taxes = tuple(tax_field(group, currency, wording) for group in note.tax_breakdown) if taxed else ()
    became: tuple[Field, ...] = ()
    if note.credited_to_customer:
        parts = {"off_invoice": note.applied_to_invoice, "added_to_credit": note.credited_to_customer}
        became = tuple(Field(wording[key], wording.amount(part, currency)) for key, part in parts.items() if part)
    if note.prices_include_tax:
        included = tuple(Field(wording.say("included", tax=field.label), field.value) for field in taxes)
        return (), included + became
    subtotal = Field(wording["subtotal"], wording.amount(note.total - note.tax, currency))
    return ((subtotal, *taxes) if taxes else ()), became
