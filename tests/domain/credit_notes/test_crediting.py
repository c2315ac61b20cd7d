"""Crediting by quantity, amount and percentage: any sequence of notes adds up to the invoice, to the cent."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.credit_notes.credit_note import CreditLine, CreditNote, tax_groups
from invoicing.domain.credit_notes.crediting import credit_lines, with_credit
from invoicing.domain.credit_notes.measures import CreditItem, parts_to_credit
from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.rounding import half_up
from tests.builders import a_line, a_new_invoice, an_issued_invoice
from tests.domain.credit_notes.test_credit_note import FIRST, SECOND, after, amounts, note_of, refusal


def asked_of(note: CreditNote) -> list[Any]:
    return [(line.quantity, line.amount, line.percentage) for line in note.lines]


def test_an_amount_is_credited_to_the_cent_and_taxed_with_its_group() -> None:
    invoice = an_issued_invoice()
    note = note_of(invoice, (FIRST, "= 100.01"))
    assert amounts(note) == (10001, 0, 800, 10801)
    assert asked_of(note) == [(None, 10001, None)]
    rest = note_of(after(invoice, note))
    assert amounts(rest) == (159999, 0, 12800, 172799)
    assert asked_of(rest) == [(None, 139999, None), (1, None, None)]


def test_an_amount_contains_the_tax_where_prices_do() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("3", "10", "0.19"), prices_include_tax=True))
    note = note_of(invoice, (FIRST, "= 11.90"))
    assert amounts(note) == (1000, 0, 190, 1190)
    assert amounts(note_of(after(invoice, note))) == (1521, 0, 289, 1810)


def test_an_amount_is_after_discounts() -> None:
    """30.00 of the 90.00 that are left of 100.00 are a third, of the discount too."""
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100"), discount=Discount(type="fixed", value=Decimal(10))))
    assert amounts(note_of(invoice, (FIRST, "= 30"))) == (3333, 333, 0, 3000)


def test_a_percentage_is_of_the_whole_line() -> None:
    invoice = an_issued_invoice()
    first = note_of(invoice, (FIRST, "2 %"), (SECOND, "50 %"))
    assert (amounts(first), asked_of(first)) == ((13000, 0, 1040, 14040), [(None, None, 2), (None, None, 50)])
    second = note_of(after(invoice, first), (FIRST, "2 %"))
    assert amounts(second) == (3000, 0, 240, 3240)


def test_thirds_in_percent_leave_nothing_over() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "1")))
    totals = []
    for percentage in ("33.333333 %", "33.333333 %", "33.333334 %"):
        note = note_of(invoice, (FIRST, percentage))
        totals.append(note.total)
        invoice = after(invoice, note)
    assert (totals, invoice.amount_due) == ([33, 34, 33], 0)
    with pytest.raises(Conflict):
        note_of(invoice)


def test_a_line_comes_back_as_a_whole_after_its_price_was_lowered() -> None:
    invoice = an_issued_invoice()
    invoice = after(invoice, note_of(invoice, (FIRST, "= 300")))
    assert refusal(invoice, (FIRST, "9")) == [("items[0].quantity", "QUANTITY_EXCEEDS_INVOICE")]
    some = note_of(invoice, (FIRST, "6"))
    assert amounts(some) == (90000, 0, 7200, 97200)
    rest = note_of(after(invoice, some), (FIRST, "4"))
    assert (amounts(rest), asked_of(rest)) == ((30000, 0, 2400, 32400), [(4, None, None)])


@pytest.mark.parametrize(
    ("measure", "field", "code", "message"),
    [
        ("= 1200.01", "amount", "AMOUNT_EXCEEDS_INVOICE", "above 0 and at most 1200.00, the amount of the line"),
        ("= -1", "amount", "AMOUNT_EXCEEDS_INVOICE", "above 0 and at most 1200.00"),
        ("= 0.001", "amount", "AMOUNT_INVALID", "at most 2 decimals in USD"),
        ("80.000001 %", "percentage", "PERCENTAGE_EXCEEDS_INVOICE", "above 0 and at most 80, the percentage"),
        ("8.5", "quantity", "QUANTITY_EXCEEDS_INVOICE", "above 0 and at most 8, or 10 for all that is left of the"),
        ("11", "quantity", "QUANTITY_EXCEEDS_INVOICE", "above 0 and at most 8, or 10 for all that is left of the"),
    ],
)
def test_no_more_of_a_line_than_is_left(measure: str, field: str, code: str, message: str) -> None:
    invoice = an_issued_invoice()
    invoice = after(invoice, note_of(invoice, (FIRST, "20 %")))
    assert refusal(invoice, (FIRST, measure)) == [(f"items[0].{field}", code)]
    with pytest.raises(ValidationFailed, match=message):
        note_of(invoice, (FIRST, measure))


@pytest.mark.parametrize("measure", ["1", "1 %", "= 1"])
def test_nothing_of_a_line_that_is_credited(measure: str) -> None:
    invoice = an_issued_invoice()
    invoice = after(invoice, note_of(invoice, (FIRST, "= 1500")))
    with pytest.raises(ValidationFailed, match="names a line of which nothing is left; leave it out"):
        note_of(invoice, (FIRST, measure))


@pytest.mark.parametrize(
    "measures", [{}, {"quantity": Decimal(1), "amount": Decimal(1)}, {"amount": Decimal(1), "percentage": Decimal(1)}]
)
def test_an_item_has_one_measure(measures: dict[str, Decimal]) -> None:
    with pytest.raises(ValidationFailed) as refused:
        parts_to_credit(an_issued_invoice(), [CreditItem(SECOND, quantity=Decimal(1)), CreditItem(FIRST, **measures)])
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("items[1]", "MEASURE_INVALID")]


def test_an_amount_of_a_credit_line_is_negative() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100"), a_line("-1", "30")))
    note = note_of(invoice, (FIRST, "= 50"), (SECOND, "= -10"))
    assert [line.subtotal for line in note.lines] == [5000, -1000]
    rest = note_of(after(invoice, note))
    assert [(line.subtotal, line.amount) for line in rest.lines] == [(5000, 5000), (-2000, -2000)]
    assert refusal(invoice, (FIRST, "= 50"), (SECOND, "= 10")) == [("items[1].amount", "AMOUNT_EXCEEDS_INVOICE")]


prices = st.decimals(Decimal(-99), Decimal(999), places=3)
rates = st.sampled_from([None, "0", "0.07", "0.19", "0.0825"])
discounts = st.none() | st.decimals(0, 100, places=1).map(lambda value: Discount(type="percentage", value=value))
quantities = st.builds("{}e-3".format, st.integers(-9000, 9000).filter(bool))


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """Issued invoices of some lines, among them negative ones, with and without discounts, tax included or not."""
    lines = [
        a_line(draw(quantities), str(draw(prices)), draw(rates), discount=draw(discounts))
        for _ in range(draw(st.integers(1, 4)))
    ]
    charged = a_line("1", "9999999", draw(rates))
    new = a_new_invoice(charged, *lines, discount=draw(discounts), prices_include_tax=draw(st.booleans()))
    return an_issued_invoice(new)


@st.composite
def items_of(draw: st.DrawFn, invoice: Invoice) -> list[CreditItem]:
    """Some measures of some lines; many are more than is left."""
    items = []
    for line in draw(st.lists(st.sampled_from(invoice.lines), min_size=1, unique=True)):
        part = draw(st.fractions(0, 1, max_denominator=12).filter(bool))
        units, minor = int(part * int(line.quantity.scaleb(3))), int(part * whole_amount(invoice, line))
        quantity, percentage = Decimal(units).scaleb(-3), Decimal(int(part * 10**8)).scaleb(-6)
        measures = [CreditItem(line.id, percentage=percentage)]
        measures += [CreditItem(line.id, quantity=quantity)] if units else []
        measures += [CreditItem(line.id, amount=to_major(minor, invoice.currency))] if minor else []
        items.append(draw(st.sampled_from(measures)))
    return items


def whole_amount(invoice: Invoice, line: Line) -> int:
    return line.total if invoice.prices_include_tax else line.subtotal - line.discount_amount


def lines_of(invoice: Invoice, items: Sequence[CreditItem] | None) -> tuple[CreditLine, ...]:
    """The lines of a note, whatever their total; none where something is asked that is not left."""
    try:
        return credit_lines(invoice, parts_to_credit(invoice, items))
    except (ValidationFailed, Conflict):
        return ()


def a_sequence(invoice: Invoice, data: st.DataObject) -> list[tuple[Invoice, tuple[CreditLine, ...]]]:
    """A few notes by any measures, and one of all that is left; each with the invoice before it."""
    notes = []
    for last in [*[False] * data.draw(st.integers(0, 5)), True]:
        lines = lines_of(invoice, None if last else data.draw(items_of(invoice)))
        notes.append((invoice, lines))
        invoice = replace(invoice, credited=with_credit(invoice, lines))
    return notes


@given(invoices(), st.data())
def test_notes_that_credit_everything_add_up_to_the_invoice(invoice: Invoice, data: st.DataObject) -> None:
    credited = [line for _, lines in a_sequence(invoice, data) for line in lines]
    assert all(line.total == line.subtotal - line.discount_amount + line.tax for line in credited)
    for line in invoice.lines:
        parts = [part for part in credited if part.line_id == line.id]
        assert sum(part.share for part in parts) == 1
        assert sum(part.discount_amount for part in parts) == line.discount_amount
        amount = "total" if invoice.prices_include_tax else "subtotal"
        assert sum(getattr(part, amount) for part in parts) == getattr(line, amount)
    assert _sums(credited) == amounts(invoice)
    assert tax_groups(invoice, credited) == invoice.tax_breakdown


@given(invoices(), st.data())
def test_with_voided_notes_the_others_still_add_up_to_the_invoice(invoice: Invoice, data: st.DataObject) -> None:
    """Some notes are voided, in any order and with others in between; then all that is left is credited."""
    kept: list[tuple[CreditLine, ...]] = []
    for _ in range(data.draw(st.integers(1, 6))):
        if len(kept) > 0 and data.draw(st.booleans()):
            voided = kept.pop(data.draw(st.integers(0, len(kept) - 1)))
            invoice = replace(invoice, credited=with_credit(invoice, voided, times=-1))
        elif lines := lines_of(invoice, data.draw(items_of(invoice))):
            kept.append(lines)
            invoice = replace(invoice, credited=with_credit(invoice, lines))
    kept.append(lines_of(invoice, None))
    invoice = replace(invoice, credited=with_credit(invoice, kept[-1]))
    credited = [line for lines in kept for line in lines]
    for line in invoice.lines:
        assert sum(part.share for part in credited if part.line_id == line.id) == 1
    assert _sums(credited) == amounts(invoice)
    assert tax_groups(invoice, credited) == invoice.tax_breakdown
    for lines in kept:
        invoice = replace(invoice, credited=with_credit(invoice, lines, times=-1))
    assert invoice.credited == {}


@given(invoices(), st.data())
def test_each_note_is_its_part_and_the_tax_of_a_group_its_rate_on_all_so_far(
    invoice: Invoice, data: st.DataObject
) -> None:
    """After each note, whatever the notes were; a note by itself is within a unit of its rate on its taxable amount."""
    so_far: dict[tuple[Decimal, str | None], tuple[int, int]] = {}
    lines = {line.id: line for line in invoice.lines}
    included = invoice.prices_include_tax
    for before, note in a_sequence(invoice, data):
        for part in note:
            line, net = lines[part.line_id], part.subtotal - part.discount_amount
            of_line = whole_amount(before, line)
            credited = part.total if included else net
            assert abs(credited - of_line * part.share) <= 2
            if part.amount is not None:
                assert credited == part.amount
            if part.percentage is not None and line.id not in before.credited:
                assert abs(credited - half_up(of_line * Fraction(part.percentage) / 100)) <= 1
        for group in tax_groups(invoice, note):
            rate = Fraction(group.rate) / (1 + Fraction(group.rate) * included)
            base = group.taxable + group.tax * included
            taxed, tax = so_far.get((group.rate, group.category), (0, 0))
            so_far[group.rate, group.category] = (taxed + base, tax + group.tax)
            assert abs(tax + group.tax - (taxed + base) * rate) <= Fraction(1, 2)
            assert abs(group.tax - base * rate) <= 1


@given(invoices())
def test_all_at_once_is_the_invoice(invoice: Invoice) -> None:
    if invoice.total == 0:
        return
    note = note_of(invoice)
    assert amounts(note) == amounts(invoice)
    assert note.tax_breakdown == invoice.tax_breakdown
    assert note.applied_to_invoice + note.credited_to_customer == note.total


@given(invoices(), st.data())
def test_no_sequence_of_notes_credits_more_than_the_invoice(invoice: Invoice, data: st.DataObject) -> None:
    total = 0
    for _ in range(data.draw(st.integers(1, 6))):
        items = data.draw(items_of(invoice))
        try:
            note = note_of(invoice, *((item.line_id, _measure(item)) for item in items))
        except (ValidationFailed, Conflict):
            continue
        invoice = after(invoice, note)
        total += note.total
        assert note.total > 0
        assert total == invoice.amount_credited <= invoice.total
        assert 0 <= invoice.amount_due == invoice.total - invoice.amount_credited


def _measure(item: CreditItem) -> str:
    if item.percentage is not None:
        return f"{item.percentage} %"
    return f"= {item.amount}" if item.amount is not None else str(item.quantity)


def _sums(lines: Sequence[CreditLine]) -> tuple[int, ...]:
    names = ("subtotal", "discount_amount", "tax", "total")
    return tuple(sum(getattr(line, name) for line in lines) for name in names)
