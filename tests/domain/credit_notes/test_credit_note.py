"""Credit notes: parts of an invoice that add up to it, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit, with_credit
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, InvoicePayment, Status
from invoicing.domain.invoices.settlement import credit, pay
from invoicing.domain.money.adjustments import NewAdjustment
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.payable import NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.money.tax_parts import parts_of
from tests.builders import NOW, a_line, a_new_invoice, an_issued_invoice

TODAY = date(2026, 11, 22)
FIRST, SECOND = "item_1001", "item_1002"


def item(line: str, measure: str) -> CreditItem:
    """How much of a line: ``"2"`` is a quantity, ``"10 %"`` a percentage and ``"= 5.00"`` an amount."""
    if measure.endswith("%"):
        return CreditItem(line, percentage=Decimal(measure[:-1]))
    return (
        CreditItem(line, amount=Decimal(measure[1:]))
        if measure.startswith("=")
        else CreditItem(line, quantity=Decimal(measure))
    )


def note_of(invoice: Invoice, *items: tuple[str, str]) -> CreditNote:
    """The credit note of some measures, by line; of all that is left when none are given."""
    lines = lines_to_credit(invoice, [item(*asked) for asked in items] or None)
    return issue_credit_note(invoice, lines, note_id="cn_1", number="CN-1", reason="Returned", on=TODAY, now=NOW)


def after(invoice: Invoice, note: CreditNote) -> Invoice:
    credited = with_credit(invoice, note.lines)
    return credit(invoice, note.on_invoice(), credited, NOW, taxes=parts_of(note))


def refusal(invoice: Invoice, *items: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationFailed) as refused:
        note_of(invoice, *items)
    return [(detail.field, detail.code) for detail in refused.value.details]


def amounts(of: Invoice | CreditNote) -> tuple[int, int, int, int]:
    return of.subtotal, of.discount_amount, of.tax, of.total


def test_all_of_an_invoice_is_its_figures() -> None:
    invoice = an_issued_invoice()
    note = note_of(invoice)
    assert amounts(note) == amounts(invoice) == (170000, 0, 13600, 183600)
    assert note.tax_breakdown == invoice.tax_breakdown
    assert (note.applied_to_invoice, note.credited_to_customer) == (183600, 0)
    paid = after(invoice, note)
    assert (paid.status, paid.amount_due, paid.amount_credited) == (Status.PAID, 0, 183600)


def test_a_part_of_a_line_is_its_part_of_the_figures() -> None:
    note = note_of(an_issued_invoice(), (FIRST, "2"))
    assert amounts(note) == (30000, 0, 2400, 32400)
    (line,) = note.lines
    assert (line.line_id, line.quantity, line.unit_price, line.tax_rate) == (
        FIRST, Decimal(2), Decimal("150.00"), Decimal("0.08"),
    )  # fmt: skip


def test_thirds_of_a_cent_are_rounded_over_all_that_is_credited() -> None:
    """A third of 1.00 is 0.33; two are 0.67, so that the second note has 0.34."""
    invoice = an_issued_invoice(a_new_invoice(a_line("3", "0.333333")))
    totals = []
    for _ in range(3):
        note = note_of(invoice, (FIRST, "1"))
        totals.append(note.total)
        invoice = after(invoice, note)
    assert totals == [33, 34, 33]
    assert (invoice.amount_due, invoice.amount_credited) == (0, 100)


def test_the_tax_of_a_note_is_its_rate_on_its_sum() -> None:
    """Not the sum of the taxes that its lines have in the invoice, which is 15.20."""
    invoice = an_issued_invoice(a_new_invoice(*[a_line("1", "19.99", "0.19")] * 10, currency="EUR"))
    notes = []
    for lines in (invoice.lines[:4], invoice.lines[4:7], invoice.lines[7:]):
        notes.append(note_of(invoice, *((line.id, "1") for line in lines)))
        invoice = after(invoice, notes[-1])
    assert [amounts(note) for note in notes] == [
        (7996, 0, 1519, 9515), (5997, 0, 1140, 7137), (5997, 0, 1139, 7136),
    ]  # fmt: skip
    assert (invoice.tax, invoice.amount_credited, invoice.amount_due) == (3798, invoice.total, 0)


def test_lines_that_differ_in_the_name_of_their_tax_are_credited_as_one_group() -> None:
    lines = [a_line("1", "0.05", "0.1", tax_name=name) for name in ("VAT", None, "GST")]
    invoice = an_issued_invoice(a_new_invoice(*lines))
    note = note_of(invoice, (FIRST, "1"), (SECOND, "1"))
    assert [(group.name, group.taxable, group.tax) for group in note.tax_breakdown] == [(None, 10, 1)]
    assert note_of(after(invoice, note)).tax == 1


def test_what_exceeds_the_amount_due_is_the_customers() -> None:
    invoice = an_issued_invoice(amount_paid=180000, status=Status.PARTIALLY_PAID)
    note = note_of(invoice, (FIRST, "1"))
    assert (note.total, note.applied_to_invoice, note.credited_to_customer) == (16200, 3600, 12600)
    paid = after(invoice, note)
    assert (paid.status, paid.amount_due, paid.amount_credited) == (Status.PAID, 0, 16200)
    assert (paid.applied_to_invoice, paid.credited_to_customer) == (3600, 12600)


def test_a_paid_invoice_keeps_the_day_it_was_paid_on() -> None:
    paid = InvoicePayment(
        payment_id="pay_1", amount=183600, method="cash", payment_date=date(2026, 11, 1), created_at=NOW
    )
    invoice = pay(an_issued_invoice(), paid, NOW)
    note = note_of(invoice)
    assert (note.applied_to_invoice, note.credited_to_customer) == (0, 183600)
    credited = after(invoice, note)
    assert (credited.status, credited.paid_date) == (Status.PAID, date(2026, 11, 1))


def test_never_more_than_the_invoice() -> None:
    invoice = an_issued_invoice()
    assert refusal(invoice, (FIRST, "10.000001")) == [("items[0].quantity", "QUANTITY_EXCEEDS_INVOICE")]
    invoice = after(invoice, note_of(invoice, (FIRST, "4"), (SECOND, "1")))
    assert refusal(invoice, (FIRST, "6"), (SECOND, "0.5")) == [("items[1].quantity", "QUANTITY_EXCEEDS_INVOICE")]
    assert refusal(invoice, (FIRST, "7"), (SECOND, "1")) == [
        ("items[0].quantity", "QUANTITY_EXCEEDS_INVOICE"),
        ("items[1].quantity", "QUANTITY_EXCEEDS_INVOICE"),
    ]
    rest = note_of(invoice)
    assert [(line.line_id, line.quantity) for line in rest.lines] == [(FIRST, Decimal(6))]


def test_when_nothing_is_left_nothing_can_be_credited() -> None:
    invoice = after(an_issued_invoice(), note_of(an_issued_invoice()))
    for items in ((), ((FIRST, "1"),)):
        with pytest.raises(Conflict) as refused:
            note_of(invoice, *items)
        assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_INVOICE_STATE", "paid")


def test_lines_are_named_once_and_must_be_there() -> None:
    wrong = refusal(an_issued_invoice(), ("item_9", "1"), (FIRST, "1"), (FIRST, "1"))
    assert wrong == [("items[0].line_id", "LINE_NOT_FOUND"), ("items[2].line_id", "LINE_REPEATED")]


def test_a_credit_line_alone_cannot_be_credited() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100"), a_line("1", "-30")))
    assert refusal(invoice, (SECOND, "1")) == [("items", "TOTAL_NOT_POSITIVE")]
    assert refusal(an_issued_invoice(a_new_invoice(a_line("1", "0")))) == [("items", "TOTAL_NOT_POSITIVE")]


def test_without_its_credit_lines_no_more_than_the_invoice_is_credited() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100"), a_line("1", "-30")))
    assert refusal(invoice, (FIRST, "1")) == [("items", "AMOUNT_EXCEEDS_INVOICE")]
    invoice = after(invoice, note_of(invoice, (FIRST, "0.7")))
    assert (invoice.amount_due, invoice.amount_credited) == (0, 7000)
    assert refusal(invoice, (FIRST, "0.1")) == [("items", "AMOUNT_EXCEEDS_INVOICE")]


def test_no_more_than_was_payable_is_credited_whatever_is_withheld() -> None:
    """758.00 less 15 % of 800.00 is 638.00 payable; of the first line alone, 15 % would be withheld of 758.00 only."""
    lines = a_line("1", "1000", "0"), a_line("1", "-200", "0.21")
    withholdings = (NewWithholding(name="IRPF", rate=Decimal("0.15")),)
    invoice = an_issued_invoice(a_new_invoice(*lines, withholdings=withholdings))
    assert (invoice.total, invoice.withheld_total, invoice.amount_payable) == (75800, 12000, 63800)
    for parts in (["75.8 %"], ["75.79 %", "= 0.10"]):
        left, withheld = invoice, 0
        for part in parts:
            note = note_of(left, (FIRST, part))
            left, withheld = after(left, note), withheld + note.withheld_total
            assert note.credited_to_customer == 0
        assert (left.amount_credited, left.amount_due, withheld) == (75800, 0, 12000)


def test_a_note_withholds_no_more_than_it_credits() -> None:
    """Of a cent, both withholdings would be rounded up to one; the notes after it have what it leaves out."""
    withholdings = tuple(NewWithholding(name=name, rate=Decimal(rate)) for name, rate in (("A", "0.5"), ("B", "0.4")))
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "0.05"), withholdings=withholdings))
    assert [each.amount for each in invoice.withholdings] == [3, 2]
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "1"), withholdings=withholdings))
    notes = []
    for asked in ("= 0.01", "= 0.01", "= 0.01", "= 0.97"):
        notes.append(note_of(invoice, (FIRST, asked)))
        invoice = after(invoice, notes[-1])
    assert [note.withheld_total for note in notes] == [1, 1, 1, 87]
    assert [sum(note.withholdings[index].amount for note in notes) for index in (0, 1)] == [50, 40]
    assert (invoice.amount_due, sum(note.amount_payable for note in notes)) == (0, 10)


def test_a_part_of_a_line_that_comes_to_nothing_can_be_credited() -> None:
    """Half of 0.01, 0.01, 0.03, 0.03 and 0.00, each to the even cent, leaves 0.02; -0.02 is left of a line of 0.00."""
    line = a_line(
        "1",
        "0.03",
        charges=(NewAdjustment(description="Packing", amount=Decimal("0.03")),),
        allowances=tuple(NewAdjustment(description="Rebate", amount=Decimal(amount)) for amount in ("0.02", "0.03")),
        discount=Discount(type="fixed", value=Decimal("0.01")),
    )
    rounding = RoundingChoice(mode="half_even")
    invoice = an_issued_invoice(a_new_invoice(line, a_line("1", "10"), rounding=rounding))
    assert invoice.lines[0].total == 0
    invoice = after(invoice, note_of(invoice, (FIRST, "50 %")))
    assert invoice.amount_credited == 2
    invoice = after(invoice, note_of(invoice, (FIRST, "= -0.01"), (SECOND, "= 5.00")))
    note = note_of(invoice)
    assert ([line.total for line in note.lines], note.total) == ([-1, 500], 499)


def test_a_negative_quantity_is_credited_as_one() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("5", "100", "0.19"), a_line("-2", "30", "0.19")))
    note = note_of(invoice, (FIRST, "1"), (SECOND, "-0.5"))
    assert [(line.quantity, line.subtotal, line.tax) for line in note.lines] == [
        (1, 10000, 1900),
        (Decimal("-0.5"), -1500, -285),
    ]
    rest = note_of(after(invoice, note))
    assert [(line.quantity, line.subtotal) for line in rest.lines] == [(4, 40000), (Decimal("-1.5"), -4500)]
    assert note.total + rest.total == invoice.total
    for quantity in ("1", "-2.1"):
        wrong = refusal(invoice, (FIRST, "1"), (SECOND, quantity))
        assert wrong == [("items[1].quantity", "QUANTITY_EXCEEDS_INVOICE")]
    assert refusal(invoice, (FIRST, "-1")) == [("items[0].quantity", "QUANTITY_EXCEEDS_INVOICE")]
    assert refusal(invoice, (SECOND, "-1")) == [("items", "TOTAL_NOT_POSITIVE")]
    assert refusal(invoice, (FIRST, "5")) == [("items", "AMOUNT_EXCEEDS_INVOICE")]


def test_prices_that_include_tax_are_credited_with_it() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("3", "10", "0.19"), prices_include_tax=True))
    note = note_of(invoice, (FIRST, "1"))
    assert (note.total, note.tax, note.prices_include_tax) == (1000, 160, True)
    assert note_of(invoice).total == invoice.total == 3000
