"""The credit note of an early-payment discount: exactly the discount, over every line, with its tax."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.credit_notes.credit_note import tax_groups
from invoicing.domain.credit_notes.crediting import credit_lines, with_credit
from invoicing.domain.credit_notes.early_payment import discount_lines
from invoicing.domain.credit_notes.measures import parts_to_credit
from invoicing.domain.invoices.early_payment import offers_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.money.rounding import RoundingChoice
from tests.builders import a_line, a_new_invoice, an_issued_invoice
from tests.domain.credit_notes.test_crediting import a_sequence, invoices


def test_two_per_cent_of_one_rate() -> None:
    """2 % of 119.06 is 2.38: 2.00 without tax, and 0.38 of tax in it."""
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100.05", "0.19")))
    (line,) = discount_lines(invoice, 238)
    assert (line.quantity, line.amount, line.subtotal, line.tax, line.total) == (None, 200, 200, 38, 238)


def test_two_rates_have_their_parts() -> None:
    """2 % of 1190.00 + 107.00: 23.80 with 3.80 of tax and 2.14 with 0.14."""
    invoice = an_issued_invoice(a_new_invoice(a_line("10", "100", "0.19"), a_line("1", "100", "0.07")))
    lines = discount_lines(invoice, 2594)
    assert [(line.subtotal, line.tax) for line in lines] == [(2000, 380), (200, 14)]


def test_a_unit_that_rounding_leaves_is_tax() -> None:
    """2 % of 14.64 is 0.29; without tax that is 0.24, and 19 % of 0.24 would be 0.05."""
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "12.30", "0.19")))
    assert invoice.total == 1464
    (line,) = discount_lines(invoice, 29)
    assert (line.subtotal, line.tax) == (24, 5)
    (line,) = discount_lines(an_issued_invoice(a_new_invoice(a_line("1", "1", "1"))), 3)
    assert (line.subtotal, line.tax) == (2, 1)


def test_many_small_lines_have_the_discount_of_the_whole() -> None:
    """2 % of each would be nothing."""
    invoice = an_issued_invoice(a_new_invoice(*[a_line("1", "0.10", "0.2")] * 100))
    lines = discount_lines(invoice, 24)
    assert sum(line.total for line in lines) == 24
    assert (len(lines), {line.subtotal for line in lines}) == (20, {1})


def test_a_discount_of_all_that_is_left_is_none() -> None:
    """99 % of 0.01 is 0.01: with coins there would be more due than that."""
    rounding = RoundingChoice(cash=Decimal("0.05"))
    new = a_new_invoice(a_line("1", "0.03"), rounding=rounding)
    invoice = replace(an_issued_invoice(new), early_payment_discounts=(EarlyPaymentDiscount(Decimal(99), 10),))
    assert (invoice.total, invoice.amount_due, offers_of(invoice)) == (3, 5, ())


percents = st.decimals("0.01", "60", places=2)


@given(invoices(), percents, st.data())
def test_the_note_is_the_discount_and_the_rest_adds_up(invoice: Invoice, percent: Decimal, data: st.DataObject) -> None:
    """Also after other notes; what is credited then adds up to the invoice, in every figure and group."""
    before = a_sequence(invoice, data)[:-1]
    credited = [line for _, lines in before for line in lines]
    gone = sum(line.total for line in credited)
    for _, lines in before:
        invoice = replace(invoice, credited=with_credit(invoice, lines))
    invoice = replace(invoice, amount_credited=gone, early_payment_discounts=(EarlyPaymentDiscount(percent, 10),))
    for offer in offers_of(invoice):
        note = discount_lines(invoice, offer.discount)
        assert sum(line.total for line in note) == offer.discount
        assert offer.discount + offer.amount == invoice.amount_due
        credited += note
        for group in tax_groups(invoice, note):
            # The tax of all notes so far less that of those before, each rounded, and the unit that a discount leaves.
            assert abs(group.tax - group.rate * group.taxable) <= 3
        invoice = replace(invoice, credited=with_credit(invoice, note))
    if any(invoice.credited.get(line.id) is None or invoice.credited[line.id].share != 1 for line in invoice.lines):
        credited += credit_lines(invoice, parts_to_credit(invoice, None))
    assert sum(line.total for line in credited) == invoice.total
    assert sum(line.tax for line in credited) == invoice.tax
    assert tax_groups(invoice, credited) == invoice.tax_breakdown
