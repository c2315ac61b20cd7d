"""Every kind of figure in credit notes: the rows of their invoice, for what is credited of it."""

from decimal import Decimal

from invoicing.domain.credit_notes.measures import CreditItem
from invoicing_documents.content import content_of
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.pdf import render_credit_note_pdf
from tests.documents.sample_figures import everything
from tests.documents.test_credit_note_documents import note_of
from tests.documents.test_figures import amount, flat, pdf_text, rows


def test_a_credit_note_of_everything_has_the_same_rows() -> None:
    invoice = everything()
    content, note = content_of(invoice), credit_note_content_of(note_of(invoice))
    without_percentage = [field.label.replace(" · 2%", "") for field in content.summary]
    assert [field.label for field in note.summary] == without_percentage
    assert [field.value for field in note.summary] == [field.value for field in content.summary]
    assert (note.total, note.exemptions) == (content.total, content.exemptions)
    assert rows(*note.payable, *note.uses) == [
        ("Withholding tax · Retención IRPF 15% on 1,644.58", "-246.69"),
        ("Rounding", "-0.01"),
        ("Amount payable (EUR)", "€1,667.15"),
        ("Taken off the amount due", "1,167.15"),
        ("Added to your credit", "500.00"),
    ]


def test_a_credit_note_of_a_part_shows_its_part_of_everything() -> None:
    invoice = everything()
    note = note_of(invoice, (invoice.lines[0].id, "4"))
    content, shown = credit_note_content_of(note), pdf_text(render_credit_note_pdf(note))
    (row,) = content.rows
    assert (flat(row.quantity), row.amount, row.discount) == ("4 h", "600.00", "-21.02")
    assert rows(*row.adjustments) == [("Allowances on items", "-30.00"), ("Charges on items", "1.20")]
    assert sum(amount(field.value) for field in content.summary) == amount(content.total.value)
    for label, value in rows(*content.summary, content.total, *content.payable):
        assert label in shown
        assert value in shown


def test_a_credit_note_can_be_of_a_charge_alone() -> None:
    invoice = everything()
    note = note_of(invoice, CreditItem(invoice.charges[0].id, percentage=Decimal(50)))
    content, shown = credit_note_content_of(note), pdf_text(render_credit_note_pdf(note))
    assert rows(*content.summary) == [("Subtotal", "0.00"), ("Shipping · 50%", "6.25"), ("Tax 7% on 6.25", "0.44")]
    assert "Shipping · 50% 6.25" in shown
    assert "Quantity" not in shown


def test_a_credited_line_with_adjustments_is_one_amount_where_prices_include_tax() -> None:
    invoice = everything(prices_include_tax=True)
    first, second, *_ = credit_note_content_of(note_of(invoice)).rows
    assert (first.amount, first.unit_price, first.discount, first.adjustments) == ("1,375.46", "", "", ())
    assert (second.amount, second.unit_price, second.discount) == ("200.00", "200.00", "-6.00")
