"""What reports must say of the books, by the journal beside them: revenue, tax, money, ageing, of any period."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from random import Random

from invoicing.domain.ledger.entry import Credit, LedgerEntry
from invoicing.domain.money.amounts import to_major
from invoicing.domain.reports.figures import Flows, Row
from invoicing.domain.reports.taxes import Basis, TaxRow
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.reactions.update_reports import update_reports
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_aging_report import get_aging_report
from invoicing.operations.reports.get_customers_report import get_customers_report
from invoicing.operations.reports.get_forecast_report import get_forecast_report
from invoicing.operations.reports.get_payments_report import get_payments_report
from invoicing.operations.reports.get_revenue_report import get_revenue_report
from invoicing.operations.reports.get_summary_report import get_summary_report
from invoicing.operations.reports.get_tax_report import get_tax_report
from invoicing.operations.reports.rebuild_totals import rebuild_totals
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeLedger
from tests.journal import Account
from tests.operations.ledger.book_model import CURRENCIES, CUSTOMERS, BookModel

DAY = timedelta(days=1)


class ReportChecks(BookModel):
    """All entries are posted, in any order and some twice; then every report is the journal's, to the cent."""

    def teardown(self) -> None:
        days = sorted({day for owner in self.journal.by_day.values() for day, _ in owner})
        if not days:
            return
        self.post_all()
        self.totals = FakeReportTotals(self.store)
        rebuilt = rebuild_totals(self.office.uow, FakeLedger(self.store), self.totals, repair=False)
        assert (rebuilt.posted_now, rebuilt.differing, rebuilt.changing) == (0, (), 0)
        self.forecast_is_the_journal()
        cuts = [days[0], *days[:: max(1, len(days) // 3)], days[-1] + DAY]
        for start, end in pairwise(sorted(set(cuts))):
            self.flows_are_the_journal(start, end - DAY)
        for as_of in {days[0] - DAY, *cuts, days[-1] + 200 * DAY}:
            self.aging_is_the_journal(as_of)
        self.tax_ends_as_accrued()

    def forecast_is_the_journal(self) -> None:
        """What is open is due some time: overdue, in a week, or later."""
        rows = get_forecast_report(self.office.uow(), ReportQuery(), self.totals).rows
        for currency in CURRENCIES:
            open_now = sum(
                sum(self.journal.receivable[invoice.id].values())
                for invoice in map(self.stored, self.bills)
                if invoice.currency == currency
            )
            assert sum(row.open for row in rows if row.row.currency == currency) == open_now

    def post_all(self) -> None:
        entries = self.store.all(LedgerEntry)
        random = Random(len(entries))
        twice = [*entries, *random.sample(entries, len(entries) // 3)]
        random.shuffle(twice)
        while twice:
            del twice[: self.post_some(list(dict.fromkeys(twice[: random.randint(1, 40)])))]

    def post_some(self, entries: list[LedgerEntry]) -> int:
        return self.office.run_use_case(lambda uow: update_reports(uow, entries))

    def moved(self, account: Account, start: date, end: date, currency: str, customers: Iterable[str]) -> int:
        """The sum of an account's postings of a period."""
        return sum(
            amount
            for customer in customers
            for (day, of), amount in self.journal.by_day[customer, currency].items()
            if of is account and start <= day <= end
        )

    def flows_are_the_journal(self, start: date, end: date) -> None:
        query = ReportQuery(start=start, end=end)
        uow = self.office.uow()
        summary = {each.row: each.flows for each in get_summary_report(uow, query, self.totals).rows}
        by_customer = get_customers_report(uow, query, 100, self.totals).rows
        days = get_revenue_report(uow, query, "week", self.totals).rows
        self.cash_tax_is_the_journal(start, end)
        for currency in CURRENCIES:
            whole = [flows for row, flows in summary.items() if row == (currency, None)]
            self.is_the_journal(whole, start, end, currency, CUSTOMERS)
            for customer in CUSTOMERS:
                own = [row.flows for row in by_customer if (row.customer_id, row.row) == (customer, (currency, None))]
                self.is_the_journal(own, start, end, currency, [customer])
            for period in dict.fromkeys(period for period, _ in days):
                parts = [flows for each, flows in days if each == period and flows.row == (currency, None)]
                self.is_the_journal(parts, period.start, period.end, currency, CUSTOMERS)
            tax = [row.tax for row in self.tax(start, end, "accrual") if row.row == (currency, None)]
            assert sum(tax) == -self.moved(Account.TAX, start, end, currency, CUSTOMERS)
            methods = get_payments_report(uow, query, self.totals).rows
            cash = sum(row.net for row in methods if row.row == (currency, None))
            assert cash == self.moved(Account.CASH, start, end, currency, CUSTOMERS)

    def tax(self, start: date, end: date, basis: Basis) -> tuple[TaxRow, ...]:
        query = ReportQuery(start=start, end=end)
        return get_tax_report(self.office.uow(), query, basis, self.totals).rows

    def cash_tax_is_the_journal(self, start: date, end: date) -> None:
        """Tax and gross, in each currency and converted."""
        moved: Counter[tuple[Row, int]] = Counter()
        for (_, currency), days in self.journal.cash.days.items():
            for (day, place), amount in days.items():
                row = Row(currency) if place < 2 else Row("USD", "converted")
                moved[row, place % 2] += amount if start <= day <= end else 0
        found: Counter[tuple[Row, int]] = Counter()
        for tax in self.tax(start, end, "cash"):
            found[tax.row, 0] += tax.tax
            found[tax.row, 1] += tax.taxable + tax.tax
        assert {place: amount for place, amount in found.items() if amount} == {
            place: amount for place, amount in moved.items() if amount
        }

    def tax_ends_as_accrued(self) -> None:
        """When everything is paid, and all credit is paid out, both bases have the same tax by rate, ever."""
        for invoice in map(self.stored, self.bills):
            if invoice.amount_written_off:
                self.office.run_use_case(partial(undo_write_off, invoice_id=invoice.id))
        for invoice in map(self.stored, self.bills):
            if invoice.amount_due:
                new = NewPayment(
                    amount=to_major(invoice.amount_due, invoice.currency), method="cash", take_discount=False
                )
                self.office.run_use_case(partial(record_invoice_payment, invoice_id=invoice.id, new=new))
        for credit in self.store.all(Credit):
            if credit.amount:
                payout = NewCreditPayout(
                    amount=to_major(credit.amount, credit.currency), currency=credit.currency, method="cash"
                )
                self.office.run_use_case(partial(pay_out_credit, customer_id=credit.customer_id, new=payout))
        self.post_all()
        days = [entry.date for entry in self.store.all(LedgerEntry)]
        ever = min(days), max(days)
        assert self.tax(*ever, "cash") == self.tax(*ever, "accrual")

    def is_the_journal(
        self, flows: list[Flows], start: date, end: date, currency: str, customers: Iterable[str]
    ) -> None:
        moved = {account: self.moved(account, start, end, currency, customers) for account in Account}
        assert sum(each.revenue.net for each in flows) == -moved[Account.REVENUE]
        assert sum(each.revenue.tax for each in flows) == -moved[Account.TAX]
        assert sum(each.revenue.gross for each in flows) == -moved[Account.REVENUE] - moved[Account.TAX]
        assert sum(each.written_off.amount for each in flows) == moved[Account.BAD_DEBT]
        assert sum(each.collected - each.credit_paid_out.amount for each in flows) == moved[Account.CASH]

    def aging_is_the_journal(self, as_of: date) -> None:
        report = get_aging_report(self.office.uow(), as_of, None, self.totals)
        found = {aging.row.currency: aging for aging in report.rows if aging.row.conversion is None}
        for currency in CURRENCIES:
            aging = found.get(currency)
            buckets, early = self.open_by_days(as_of, currency)
            assert (aging.buckets if aging else (0,) * 5) == tuple(buckets[place] for place in range(5))
            credit = -self.moved(Account.CUSTOMER_CREDIT, date.min, as_of, currency, CUSTOMERS) - early
            assert (aging.credit if aging else 0) == credit

    def open_by_days(self, as_of: date, currency: str) -> tuple[Counter[int], int]:
        """What is open by the bucket of its due date, and what was paid of invoices dated later, below 0."""
        buckets: Counter[int] = Counter()
        early = 0
        for invoice in map(self.stored, self.bills):
            if invoice.currency != currency:
                continue
            moves = self.journal.receivable[invoice.id]
            due = sum(amount for day, amount in moves.items() if day <= as_of)
            if invoice.issue_date > as_of:
                early += due
                continue
            late = (as_of - invoice.due_date).days
            buckets[0 if late <= 0 else min((late + 29) // 30, 4)] += due
        return buckets, early
