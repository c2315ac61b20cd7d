"""Tax on cash basis: each movement of money counts with its share of the tax, on its own day."""

from decimal import Decimal

import pytest

from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.ledger.entry import Credit
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.tax import Tax
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import credit, credit_note, current, ledger_of, pay
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.operations.reports.reporting import Year


@pytest.fixture
def year() -> Year:
    return Year()


def test_an_invoice_counts_as_far_as_it_is_paid(year: Year) -> None:
    invoice = year.sold("300", "0.10")
    year.later()
    pay(year.office, invoice, "250")
    year.later()
    pay(year.office, invoice, "80")
    assert year.months() == [[], [(22727, 2273)], [(7273, 727)]]


def test_a_part_has_its_share_of_the_tax(year: Year) -> None:
    pay(year.office, year.sold("100", "0.25"), "25")
    assert year.months() == [[(2000, 500)]]


def test_a_payment_counts_on_its_own_date(year: Year) -> None:
    invoice = year.sold("100")
    year.later()
    pay(year.office, invoice, "120", payment_date=year.began.date())
    assert year.months() == [[(10000, 2000)], []]


@pytest.mark.parametrize("use", ["apply", "pay out", "refund"])
def test_a_credit_note_takes_tax_back_when_its_credit_is_used(year: Year, use: str) -> None:
    sold = year.sold("1000")
    payment = pay(year.office, sold, "1200")
    year.later()
    credit_note(year.office, sold)
    other = year.sold("1000")
    year.later()
    if use == "apply":
        year.do(lambda uow: apply_credit(uow, other.id))
        assert year.months() == [[(100000, 20000)], [], []]  # what it pays counts, and what is used no longer does
    elif use == "pay out":
        payout = NewCreditPayout(amount=Decimal(1200), method="cash")
        year.do(lambda uow: pay_out_credit(uow, sold.buyer.id, payout))
        assert year.months() == [[(100000, 20000)], [], [(-100000, -20000)]]
    else:
        year.do(lambda uow: refund_payment(uow, payment.id, NewRefund(), ledger_of(year.office)))
        assert year.months() == [[(100000, 20000)], [], [(-100000, -20000)]]


def test_a_note_that_lowers_what_is_due_changes_nothing(year: Year) -> None:
    sold = year.sold("100")
    pay(year.office, sold, "60")
    year.later()
    credit_note(year.office, sold, "0.5")
    year.later()
    assert year.months() == [[(5000, 1000)], [], []]
    assert current(year.store, sold).amount_due == 0


def test_credit_is_used_in_the_order_in_which_it_arose(year: Year) -> None:
    first, second = year.sold("100"), year.sold("100", "0.10")
    pay(year.office, first, "150")  # 30.00 of money
    pay(year.office, second, "110")
    credit_note(year.office, first)
    credit_note(year.office, second)
    for amount in (90, 60, 110):
        year.later()
        payout = NewCreditPayout(amount=Decimal(amount), method="cash")
        year.do(lambda uow, payout=payout: pay_out_credit(uow, first.buyer.id, payout))
    assert credit(year.store) == 0
    assert year.months() == [
        [(10000, 2000), (10000, 1000)],
        [(-5000, -1000)],  # 60.00 of the first note
        [(-5000, -1000)],
        [(-10000, -1000)],
    ]


def test_a_refund_is_of_the_payment_and_of_the_notes_of_its_invoices(year: Year) -> None:
    """Other credit, which is older, stays as it is."""
    older, sold = year.sold("100", "0.10"), year.sold("100")
    pay(year.office, older, "110")
    credit_note(year.office, older)
    payment = pay(year.office, sold, "130")
    credit_note(year.office, sold)
    for amount in (10, 60, 60):
        year.later()
        refund = NewRefund(amount=Decimal(amount))
        year.do(lambda uow, refund=refund: refund_payment(uow, payment.id, refund, ledger_of(year.office)))
    assert year.months()[1:] == [[], [(-5000, -1000)], [(-5000, -1000)]]


def test_a_note_whose_credit_was_used_comes_back_when_it_is_voided(year: Year) -> None:
    """Money that came later is there in its place."""
    sold, other = year.sold("100"), year.sold("100", None)
    pay(year.office, sold, "120")
    note = credit_note(year.office, sold)
    year.do(lambda uow: apply_credit(uow, other.id))
    pay(year.office, other, "120")
    year.later()
    year.do(lambda uow: void_credit_note(uow, note.id, None, ledger_of(year.office)))
    year.later()
    year.do(lambda uow: pay_out_credit(uow, sold.buyer.id, NewCreditPayout(amount=Decimal(20), method="cash")))
    first, second, third = year.months()
    assert [sum(tax for _, tax in month) for month in (first, second, third)] == [2000 - 1667, 1667, 0]


def test_a_note_that_is_voided_unused_changes_nothing(year: Year) -> None:
    """Nor does it touch the older credit of another note."""
    older, sold = year.sold("100", "0.10"), year.sold("100")
    pay(year.office, older, "110")
    pay(year.office, sold, "120")
    credit_note(year.office, older)
    note = credit_note(year.office, sold)
    year.later()
    year.do(lambda uow: void_credit_note(uow, note.id, None, ledger_of(year.office)))
    year.later()
    year.do(lambda uow: pay_out_credit(uow, sold.buyer.id, NewCreditPayout(amount=Decimal(110), method="cash")))
    assert year.months()[1:] == [[], [(-10000, -1000)]]


def test_a_refund_that_other_credit_covers_gives_the_tax_of_the_note_back(year: Year) -> None:
    """60.00 of credit were used and are money again, so that nothing of the invoice is kept, and nothing counts."""
    sold, other = year.sold("100"), year.sold("60", None)
    payment = pay(year.office, sold, "120")
    credit_note(year.office, sold, "0.5")
    year.do(lambda uow: apply_credit(uow, other.id))
    pay(year.office, other, "60")
    year.later()
    year.do(lambda uow: refund_payment(uow, payment.id, NewRefund(), ledger_of(year.office)))
    year.later()
    pay(year.office, sold, "60")
    assert [month[:1] for month in year.months()] == [[(5000, 1000)], [(-5000, -1000)], [(5000, 1000)]]


def test_a_reversal_takes_back_what_the_payment_counted(year: Year) -> None:
    payment = pay(year.office, year.sold("100"), "60")
    year.later()
    year.do(lambda uow: reverse_payment(uow, payment.id, "bounced", ledger_of(year.office)))
    assert year.months() == [[(5000, 1000)], [(-5000, -1000)]]


def test_what_is_written_off_never_counts(year: Year) -> None:
    sold = year.sold("100")
    pay(year.office, sold, "60")
    year.do(lambda uow: write_off_invoice(uow, sold.id, "insolvent", None))
    year.later()
    year.do(lambda uow: undo_write_off(uow, sold.id))
    assert year.months() == [[(5000, 1000)], []]


def test_nothing_counts_that_was_never_paid(year: Year) -> None:
    year.sold("100")
    credit_note(year.office, year.sold("100"))
    voided = year.sold("100")
    year.do(lambda uow: void_invoice(uow, voided.id, "mistake", credit_note=False))
    assert year.months() == [[]]


def test_what_was_prepaid_counts_with_the_invoice(year: Year) -> None:
    sold = year.sold("100", prepayments=(NewPrepayment(amount=Decimal(30)),))
    year.later()
    pay(year.office, sold, "90")
    year.later()
    voided = year.sold("100", prepayments=(NewPrepayment(amount=Decimal(30)),))
    year.later()
    year.do(lambda uow: void_invoice(uow, voided.id, "mistake", credit_note=False))
    assert year.months() == [[(2500, 500)], [(7500, 1500)], [(2500, 500)], [(-2500, -500)]]


def test_what_is_withheld_is_paid_with_the_rest(year: Year) -> None:
    sold = year.sold("100", withholdings=(NewWithholding(name="IRPF", rate=Decimal("0.15")),))
    pay(year.office, sold, "52.50")
    assert year.months() == [[(5000, 1000)]]


def test_a_discount_for_early_payment_lowers_the_tax(year: Year) -> None:
    sold = year.sold("100", early_payment_discounts=(EarlyPaymentDiscount(Decimal(10), 10),))
    payment = pay(year.office, sold, "108")
    year.later()
    year.do(lambda uow: reverse_payment(uow, payment.id, "bounced", ledger_of(year.office)))
    assert year.months() == [[(9000, 1800)], [(-9000, -1800)]]


def test_several_taxes_each_have_their_share(year: Year) -> None:
    gst, qst = Tax(name="GST", rate=Decimal("0.05")), Tax(name="QST", rate=Decimal("0.09975"))
    line = a_line("1", "100", None)._replace(taxes=(gst, qst))
    new = a_new_invoice(line, issue_date=None, due_date=None)
    sold = year.do(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    for amount in ("57.49", "57.49"):
        pay(year.office, sold, amount)
        year.later()
    first, second, _ = year.months()
    assert first == [(5000, 499), (5000, 250)]
    assert second == [(5000, 499), (5000, 250)]


def test_base_amounts_are_at_the_invoices_rate(year: Year) -> None:
    sold = year.sold("10.05", "0.19", currency="EUR", exchange_rate=Decimal("1.1"))
    for amount in ("5", "6.96"):
        pay(year.office, sold, amount, exchange_rate=Decimal(2))
        year.later()
    year.months()
    base = [[(row.taxable, row.tax) for row in rows] for rows in year.rows("converted")]
    assert base[0] == [(454 - 73, 73)]  # 10.87 and 1.74 in all
    assert [sum(month) for month in zip(*(each[0] for each in base[:2]), strict=True)] == [913, 174]


def test_a_payment_that_comes_between_counts_once(year: Year) -> None:
    sold = year.sold("100", "0.07")
    year.store.before_next_commit(lambda: pay(year.office, sold, "33.33"))
    pay(year.office, sold, "33.33")
    pay(year.office, sold, "40.34")
    assert year.months() == [[(10000, 700)]]


def test_credit_without_lots_is_money(year: Year) -> None:
    """As it was kept before there were lots."""
    sold = year.sold("100")
    year.store.keep(Credit(account=sold.account, customer_id=sold.buyer.id, currency="USD", version=3, amount=5000))
    pay(year.office, sold, "120")
    credit_note(year.office, sold)
    for amount in (50, 120):
        year.later()
        payout = NewCreditPayout(amount=Decimal(amount), method="cash")
        year.do(lambda uow, payout=payout: pay_out_credit(uow, sold.buyer.id, payout))
    assert year.months()[1:] == [[], [(-10000, -2000)]]
