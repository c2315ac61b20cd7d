"""Credit that comes back from a payment it was used for brings the tax of its credit notes back."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import Credit
from invoicing.domain.payments.payment import Payment
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import credit_note, current, ledger_of, pay
from tests.builders import a_customer
from tests.operations.reports.reporting import Year

type Month = list[tuple[int, int]]

ALL: Month = [(100000, 20000)]
ALL_BACK: Month = [(-100000, -20000)]


class CreditYear(Year):
    """What is done with credit."""

    def credited(self, price: str, rate: str = "0.20", *, over: int = 0, **more: Decimal | str) -> CreditNote:
        """An invoice, paid with so many units too much, and its note."""
        sold = self.sold(price, rate, **more)
        pay(self.office, sold, str(sold.amount_due // 100 + over))
        return credit_note(self.office, sold)

    def apply(self, to: Invoice, amount: str | None = None) -> Payment:
        given = None if amount is None else Decimal(amount)
        return self.office.run_use_case(lambda uow: apply_credit(uow, to.id, given))

    def refund(self, payment: Payment, amount: str | None = None) -> None:
        new = NewRefund(amount=None if amount is None else Decimal(amount))
        self.do(lambda uow: refund_payment(uow, payment.id, new, ledger_of(self.office)))

    def reverse(self, payment: Payment) -> None:
        self.do(lambda uow: reverse_payment(uow, payment.id, "mistake", ledger_of(self.office)))

    def pay_out(self, amount: str, currency: str = "USD") -> None:
        new = NewCreditPayout(amount=Decimal(amount), currency=currency, method="cash")
        self.do(lambda uow: pay_out_credit(uow, a_customer().id, new))

    def lots(self) -> list[tuple[int, int]]:
        """Amount and tax of all unused credit, the oldest first."""
        lots = [lot for each in self.store.all(Credit) for lot in each.all_lots]
        return [(lot.left, sum(part.tax for part in lot.taxes_left)) for lot in lots]


@pytest.fixture
def year() -> CreditYear:
    return CreditYear()


def pay_the_invoice(year: CreditYear, note: CreditNote, to: Invoice) -> None:
    pay(year.office, to, "1200")


def pay_the_credit_out(year: CreditYear, note: CreditNote, to: Invoice) -> None:
    year.pay_out("1200")


def use_it_for_another(year: CreditYear, note: CreditNote, to: Invoice) -> None:
    year.apply(year.sold("1000"))


def void_the_note(year: CreditYear, note: CreditNote, to: Invoice) -> None:
    """It finds its lot again, though it is not the oldest credit."""
    year.do(lambda uow: void_credit_note(uow, note.id, None, ledger_of(year.office)))


@pytest.mark.parametrize(
    ("follow", "month"),
    [(pay_the_invoice, ALL), (pay_the_credit_out, ALL_BACK), (use_it_for_another, []), (void_the_note, [])],
)
@pytest.mark.parametrize("undo", [CreditYear.reverse, CreditYear.refund])
def test_a_use_that_is_undone_changed_nothing(
    year: CreditYear,
    follow: Callable[[CreditYear, CreditNote, Invoice], None],
    month: Month,
    undo: Callable[[CreditYear, Payment], None],
) -> None:
    note = year.credited("1000")
    year.later()
    to = year.sold("1000")
    used = year.apply(to)
    year.later()
    undo(year, used)
    year.later()
    follow(year, note, to)
    assert year.months() == [ALL, [], [], month]


def test_parts_come_back_the_latest_used_first(year: CreditYear) -> None:
    """Money was used, then 70.00 of a note; two refunds have exactly the tax that the use took."""
    year.credited("100", "0.10", over=30)
    to = year.sold("100")
    year.later()
    used = year.apply(to, "100")
    assert year.lots() == [(4000, 1000 - 636)]
    year.later()
    year.refund(used, "50")
    assert year.lots() == [(5000, 454), (4000, 364)]
    year.later()
    year.refund(used, "50")
    assert year.lots() == [(3000, 0), (2000, 182), (5000, 454), (4000, 364)]
    year.later()
    year.pay_out("30")
    assert year.months()[1:] == [
        [(8333, 1667), (-6364, -636)],
        [(-4166, -834), (4546, 454)],
        [(-4167, -833), (1818, 182)],
        [],
    ]


def test_several_notes_come_back_before_what_is_left(year: CreditYear) -> None:
    for rate in ("0.10", "0.20", "0.25"):
        year.credited("100", rate)
    used = year.apply(year.sold("200"), "170")
    year.refund(used, "60")
    assert year.lots() == [(6000, 1000), (6000, 1000), (12500, 2500)]
    year.refund(used)
    assert year.lots() == [(11000, 1000), (6000, 1000), (6000, 1000), (12500, 2500)]


def test_what_comes_back_is_the_oldest_credit(year: CreditYear) -> None:
    year.credited("100")
    used = year.apply(year.sold("100"))
    year.credited("100", "0.10")
    year.reverse(used)
    year.later()
    year.pay_out("120")
    assert year.months()[1] == [(-10000, -2000)]


def test_it_can_be_used_and_come_back_again(year: CreditYear) -> None:
    note, to = year.credited("100"), year.sold("100")
    for _ in range(3):
        year.reverse(year.apply(to))
        year.refund(year.apply(to, "33.33"))
    assert year.lots() == [(3333, 556), (8667, 1444)]
    void_the_note(year, note, to)
    assert (year.lots(), year.months()) == ([], [[(10000, 2000)]])


def test_credit_of_an_invoice_that_was_credited_too(year: CreditYear) -> None:
    """Its own note covers what goes back, and the note that paid it is unused again."""
    year.credited("1000")
    to = year.sold("1000")
    used = year.apply(to)
    credit_note(year.office, to)
    year.later()
    year.refund(used)
    year.later()
    year.pay_out("1200")
    assert (current(year.store, to).amount_due, year.months()) == (0, [ALL, [], ALL_BACK])


def test_credit_that_paid_with_the_issue_comes_back(year: CreditYear) -> None:
    year.store.keep(a_customer(apply_credit="auto"))
    year.credited("1000")
    year.later()
    to = year.sold("1000")
    (part,) = to.payments
    year.do(lambda uow: reverse_payment(uow, part.payment_id, "mistake", ledger_of(year.office)))
    assert (year.lots(), year.months()) == ([(120000, 20000)], [ALL, []])


def test_tax_in_another_currency_comes_back_at_the_rate_of_its_invoice(year: CreditYear) -> None:
    year.credited("100", "0.19", currency="EUR", exchange_rate=Decimal("1.1"))
    year.later()
    to = year.sold("100", "0.19", currency="EUR", exchange_rate=Decimal(2))
    used = year.apply(to, "100")
    year.refund(used, "33.33")
    year.later()
    year.refund(used)
    year.later()
    year.pay_out("119", "EUR")
    year.months()
    first, both, rest, paid_out = year.rows("converted")
    assert [(row.taxable, row.tax) for row in first] == [(9091, 1727)]
    assert [(row.taxable, row.tax) for row in paid_out] == [(-9091, -1727)]
    assert [row.tax + back.tax for row, back in zip(both, rest, strict=True)] == [0]


def test_a_payment_that_does_not_know_its_lots_comes_back_as_money(year: CreditYear) -> None:
    """As payments were stored before."""
    year.credited("1000")
    used = year.apply(year.sold("1000"))
    year.store.keep(replace(used, used_lots=()))
    year.later()
    year.refund(used, "600")
    year.later()
    year.refund(used)
    year.later()
    year.pay_out("1200")
    assert year.months() == [ALL, [(-50000, -10000)], [(-50000, -10000)], []]


def test_a_payment_keeps_no_lots_of_money_alone(year: CreditYear) -> None:
    pay(year.office, year.sold("100"), "170")
    year.credited("100")
    used = year.apply(year.sold("100"), "50")
    year.refund(used)
    assert used.used_lots == ()
    assert year.lots() == [(5000, 0), (12000, 2000)]
