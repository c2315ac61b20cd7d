"""Late fees under real threads, on Amazon's own DynamoDB Local: each period is charged once, whoever charges it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.due_work import Failure, Work
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.late_fee import InvoiceLateFee, NextLateFee
from invoicing.domain.late_fees.late_fee import LateFee, Rate, Tier
from invoicing.domain.late_fees.late_fee_change import LateFeeChange
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.invoices.charge_late_fee import charge_late_fee
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import Store
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.invoices import InvoiceRecord
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import Crash
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.due_site import DueSite, Dying
from tests.storage.reading import items_of
from tests.storage.site import Site, at_once

MONTHLY = LateFee(
    type="percentage",
    value=Decimal("1.5"),
    period="P1M",
    automatic=True,
    automatic_since=NOW,
    page_url=PAGE_URL,
)
ENTIRE = (
    LateFee(
        type="daily_interest",
        rates=(Rate(date(2026, 1, 1), Decimal("10.15")), Rate(date(2026, 7, 1), Decimal(10))),
        rate_basis="start",
        period="P7D",
        grace_days=3,
        maximum=Decimal("100.50"),
    ),
    LateFee(type="fixed", tiers=(Tier(Decimal(0), Decimal(40)),), tax_rate=Decimal("0.19"), tax_category="S"),
    MONTHLY,
)
AFTER = datetime(2027, 3, 25, 9, tzinfo=UTC)
"""Three months after the due date, and the end of three periods."""


@pytest.mark.parametrize("late_fee", ENTIRE)
def test_late_fees_are_read_as_they_were_written(store: Store, account: str, late_fee: LateFee) -> None:
    seller, customer = an_account(account=account, late_fee=late_fee), a_customer(account=account, late_fee=late_fee)
    change = LateFeeChange(account=account, version=1, due_at=NOW, customer_id="cust_1", position="here")
    changes = ChangeSet()
    for entity in (seller, customer, change):
        changes.save(entity)
    store.commit(changes)
    assert store.find(Ref(Account, account, seller.id)) == seller
    assert store.find(Ref(Customer, account, customer.id)) == customer
    assert store.find(Ref(LateFeeChange, account, change.id)) == change


@pytest.mark.parametrize("failure", [None, Failure(code="PERIOD_LOCKED", message="The books are locked.")])
def test_what_an_invoice_was_charged_is_read_as_it_was_written(
    store: Store, account: str, failure: Failure | None
) -> None:
    charged = (
        InvoiceLateFee("fixed", "once", date(2026, 12, 1), 4000, "inv_2"),
        InvoiceLateFee("daily_interest", "2026-12-31", date(2026, 12, 31), 1, "inv_3"),
    )
    waiting = NextLateFee(at=AFTER, attempts=3 if failure else 0, failure=failure)
    invoice = an_invoice(account=account, late_fees=charged, next_late_fee=waiting, late_fee_of="inv_0")
    changes = ChangeSet()
    changes.save(invoice)
    store.commit(changes)
    assert store.find(Ref(Invoice, account, invoice.id)) == invoice


class Fees(DueSite):
    """A late invoice of a site, and what it was charged."""

    work, kind, first_id, time = Work.LATE_FEE, "Invoice", "inv_1", AFTER

    def charge(self) -> Invoice:
        return self.use(lambda uow: charge_late_fee(uow, "inv_1", None, send_email=None, page_url=PAGE_URL))

    def pay(self) -> Any:
        new = NewPayment(amount=Decimal(2000), method="cash")
        return self.use(lambda uow: record_invoice_payment(uow, "inv_1", new))

    @property
    def invoices(self) -> list[Invoice]:
        items = items_of(self.database, InvoiceRecord.Meta.table_name, self.site.account)
        return [InvoiceRecord.entity_of(item) for item in items if item["sk"]["S"].startswith("inv_")]

    def assert_charged_once(self, *periods: str) -> None:
        """The late invoice knows each fee, the invoices of the fees are those, and the ledger and events too."""
        (late,) = [each for each in self.invoices if each.id == "inv_1"]
        fees = [each for each in self.invoices if each.late_fee_of == "inv_1"]
        assert sorted(fee.period for fee in late.late_fees) == sorted(periods)
        assert {fee.invoice_id for fee in late.late_fees} == {fee.id for fee in fees}
        assert sum(fee.total for fee in fees) == sum(fee.amount for fee in late.late_fees) == 3000 * len(periods)
        assert len({fee.number for fee in fees}) == len(fees)
        assert len(self.events("invoice.created")) == len(fees)


PERIODS = ("2027-01-22", "2027-02-22", "2027-03-22")


@pytest.fixture
def fees(site: Site, local_tables: Database) -> Fees:
    found = Fees(site, local_tables)
    issued = an_issued_invoice(a_new_invoice(a_line("1", "2000"), due_date=date(2026, 12, 22)), id="inv_1")
    site.keep(replace(issued, account=site.account))
    account = site.store.find(Ref(Account, site.account, "profile"))
    assert account is not None
    site.keep(replace(account, version=account.version + 1, late_fee=MONTHLY))
    return found


@ON_DYNAMODB_LOCAL
@pytest.mark.usefixtures("patient")
class TestAtOnce:
    def test_of_50_ticks_each_period_is_charged_by_one(self, fees: Fees) -> None:
        outcomes = at_once(50, lambda _: fees.tick())
        done = [work for outcome in outcomes if isinstance(outcome, list) for work in outcome]
        assert sorted(done) == [Work.OVERDUE, *[Work.LATE_FEE] * 3]
        fees.assert_charged_once(*PERIODS)
        assert fees.tick() == []

    def test_of_ten_requests_one_is_answered_with_the_fee(self, fees: Fees) -> None:
        outcomes = at_once(10, lambda _: fees.charge())
        assert [type(each) for each in outcomes].count(Invoice) == 1
        assert {each.code for each in outcomes if isinstance(each, Conflict)} == {"NOTHING_TO_CHARGE"}
        fees.assert_charged_once(*PERIODS)

    def test_requests_and_ticks_share_the_periods(self, fees: Fees) -> None:
        at_once(20, lambda index: fees.charge() if index % 4 == 0 else fees.tick())
        fees.assert_charged_once(*PERIODS)

    def test_paid_in_between_what_is_charged_is_whole(self, fees: Fees) -> None:
        at_once(12, lambda index: fees.pay() if index == 6 else fees.tick())
        (late,) = [each for each in fees.invoices if each.id == "inv_1"]
        assert (late.amount_due, late.next_late_fee) == (0, None)
        fees.assert_charged_once(*PERIODS[: len(late.late_fees)])
        assert fees.tick() == []

    def test_a_worker_that_dies_at_any_call_leaves_it_to_the_next(self, fees: Fees) -> None:
        calls = 0
        while True:
            dying = Dying(fees.site.store, calls)
            try:
                fees.tick(store=dying)
            except Crash:
                calls += 1
            else:
                break
        assert calls >= 3, "a read, a write, and after the write"
        assert fees.tick() == []
        fees.assert_charged_once(*PERIODS)

    def test_a_failing_fee_is_postponed_once_by_many(self, fees: Fees) -> None:
        account = fees.site.store.find(Ref(Account, fees.site.account, "profile"))
        assert account is not None
        locked = replace(account, version=account.version + 1, books_locked_until=AFTER.date())
        fees.site.keep(locked)
        at_once(20, lambda _: fees.tick())
        (late,) = fees.invoices
        assert late.next_late_fee is not None
        assert (late.next_late_fee.attempts, late.next_late_fee.at) == (1, AFTER + timedelta(minutes=5))
