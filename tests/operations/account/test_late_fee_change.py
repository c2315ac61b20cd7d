"""A change of a late fee: what overdue invoices are charged from then on, in the background."""

from datetime import timedelta

import pytest

from invoicing.domain.late_fees.late_fee import LateFee, late_fee_of
from invoicing.domain.late_fees.late_fee_change import LateFeeChange
from invoicing.domain.merging import Merge
from invoicing.domain.parties.account import Account
from invoicing.operations.invoices import _walk
from tests.books import current
from tests.builders import PAGE_URL, a_customer
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.charging import (
    MONTHLY,
    ON,
    a_business,
    change_account,
    change_customer,
    charge,
    fees_of,
    interest,
    late,
    run_until,
    settle,
    totals,
)
from tests.ticking import tick


class TestSwitching:
    def test_on_it_charges_what_ends_from_then_on(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        invoice = late(office)
        run_until(office, store, "2027-04-10")
        change_account(office, ON)
        assert settle(office, store) == []
        run_until(office, store, "2027-06-01")
        assert totals(store, invoice) == [("2027-05-01", 3000), ("2027-06-01", 3000)]

    def test_the_first_interest_makes_up_for_all_days_so_far(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        invoice = late(office, "1000")
        run_until(office, store, "2027-04-10")
        change_account(office, Merge(
            {"type": "daily_interest", "value": interest("36.5").value, "period": "P1M", "automatic": True}, late_fee_of
        ))  # fmt: skip
        settle(office, store)
        run_until(office, store, "2027-06-01")
        assert totals(store, invoice) == [("2027-05-01", 8900), ("2027-06-01", 3100)]

    def test_the_past_can_be_charged_on_demand_before(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        invoice = late(office)
        run_until(office, store, "2027-04-10")
        change_account(office, ON)
        settle(office, store)
        assert charge(office, invoice).total == 6000
        run_until(office, store, "2027-05-31")
        assert totals(store, invoice)[1:] == [("2027-05-01", 3000)]

    def test_a_single_fee_that_could_be_charged_before_is_not(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        old, new = late(office), late(office, due="2027-05-31")
        run_until(office, store, "2027-04-10")
        change_account(office, Merge({"type": "percentage", "value": MONTHLY.value, "automatic": True}, late_fee_of))
        settle(office, store)
        run_until(office, store, "2027-12-31")
        assert (fees_of(store, old), totals(store, new)) == ([], [("2027-06-01", 3000)])

    def test_off_nothing_more_is_charged(self, office: Office, store: FakeStore) -> None:
        a_business(store, MONTHLY)
        invoice = late(office)
        run_until(office, store, "2027-03-10")
        change_account(office, None)
        settle(office, store)
        assert current(store, invoice).next_late_fee is None
        run_until(office, store, "2027-12-31")
        assert len(fees_of(store, invoice)) == 1

    def test_the_same_again_changes_nothing(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        change_account(office, ON)
        commits = store.commits
        change_account(office, ON)
        assert store.commits == commits
        change_account(office, Merge({"value": interest("2").value}, late_fee_of))
        (account,) = store.all(Account)
        assert account.late_fee is not None
        assert (account.late_fee.automatic_since, account.late_fee.page_url) == (office.now, PAGE_URL)

    def test_a_customers_own_moves_that_customers_invoices(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        store.keep(a_customer(id="cust_2"))
        own, other = late(office), late(office, customer_id="cust_2")
        run_until(office, store, "2027-04-10")
        change_customer(office, ON)
        (change,) = store.all(LateFeeChange)
        assert change.customer_id == "cust_123"
        settle(office, store)
        run_until(office, store, "2027-05-01")
        assert (len(fees_of(store, own)), fees_of(store, other)) == (1, [])
        assert "invoice.overdue" in store.event_types()

    def test_changes_of_two_customers_at_once_move_both(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        store.keep(a_customer(id="cust_2"))
        both = late(office), late(office, customer_id="cust_2")
        run_until(office, store, "2027-04-10")
        change_customer(office, ON)
        change_customer(office, ON, "cust_2")
        settle(office, store)
        run_until(office, store, "2027-05-01")
        assert [len(fees_of(store, each)) for each in both] == [1, 1]

    def test_an_exempt_customer_is_charged_nothing(self, office: Office, store: FakeStore) -> None:
        a_business(store, MONTHLY, late_fee=LateFee(type="none"))
        invoice = late(office)
        run_until(office, store, "2027-12-31")
        assert fees_of(store, invoice) == []

    def test_a_walk_goes_on_page_by_page(
        self, office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_business(store)
        invoices = [late(office) for _ in range(120)]
        run_until(office, store, "2027-04-10")
        monkeypatch.setattr(_walk, "MOST_PAGES", 1)
        change_account(office, ON)
        while store.all(LateFeeChange):
            tick(office, store)
            office.now += timedelta(minutes=5)
        waiting = [current(store, each).next_late_fee for each in invoices]
        assert {each and each.at.isoformat() for each in waiting} == {"2027-05-01T00:00:00+00:00"}
