"""Automatic late fees: one for each ended period, whatever runs twice, late, or not at all for a while."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Status
from invoicing.operations.account.update_account import update_account
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import assert_books_balance, current, ledger_of, pay
from tests.builders import PAGE_URL, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.charging import (
    MONTHLY,
    a_business,
    automatic,
    charge,
    fees_of,
    interest,
    late,
    local,
    percentage,
    run_until,
    totals,
)
from tests.ticking import tick


@pytest.mark.parametrize("time_zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_a_fee_a_month_from_the_first_instant_after_its_end(office: Office, store: FakeStore, time_zone: str) -> None:
    a_business(store, MONTHLY, time_zone)
    invoice = late(office)
    done = run_until(office, store, "2027-06-01", time_zone)
    days = ["2027-03-01", "2027-04-01", "2027-05-01", "2027-06-01"]
    assert totals(store, invoice) == [(day, 3000) for day in days]
    instants = []
    for day in days:
        local(office, day, "00:00", time_zone)
        instants.append(office.now)
    charged = [at for at, work in done if work is Work.LATE_FEE]
    assert charged == instants
    assert_books_balance(store)


def test_without_a_late_fee_nothing_waits(office: Office, store: FakeStore) -> None:
    a_business(store, percentage(period="P1M"))
    invoice = late(office)
    assert [work for _, work in run_until(office, store, "2027-06-01")] == [Work.OVERDUE]
    assert (current(store, invoice).next_late_fee, fees_of(store, invoice)) == (None, [])


def test_50_ticks_change_nothing(office: Office, store: FakeStore) -> None:
    a_business(store, MONTHLY)
    invoice = late(office)
    run_until(office, store, "2027-03-01")
    assert all(tick(office, store) == [] for _ in range(50))
    assert len(fees_of(store, invoice)) == len(current(store, invoice).late_fees) == 1


def test_after_an_outage_every_ended_period_has_its_own_invoice(office: Office, store: FakeStore) -> None:
    a_business(store, MONTHLY)
    invoice = late(office)
    local(office, "2027-05-10", "10:00")
    assert tick(office, store) == [Work.OVERDUE, *[Work.LATE_FEE] * 3]
    assert totals(store, invoice) == [("2027-05-10", 3000)] * 3
    assert [fee.period for fee in current(store, invoice).late_fees] == ["2027-02-28", "2027-03-31", "2027-04-30"]
    local(office, "2027-06-01")
    assert tick(office, store)[-1] is Work.LATE_FEE
    assert totals(store, invoice)[-1] == ("2027-06-01", 3000)


def test_what_was_charged_on_demand_is_not_charged_by_itself(office: Office, store: FakeStore) -> None:
    a_business(store, MONTHLY)
    invoice = late(office)
    run_until(office, store, "2027-02-28")
    local(office, "2027-03-01")
    charge(office, invoice)
    assert tick(office, store) == []
    run_until(office, store, "2027-04-30")
    assert totals(store, invoice) == [("2027-03-01", 3000), ("2027-04-01", 3000)]


def test_a_paid_invoice_is_never_charged_by_itself(office: Office, store: FakeStore) -> None:
    a_business(store, automatic(interest(period="P1M")))
    invoice = late(office)
    run_until(office, store, "2027-02-20")
    pay(office, invoice, "2000")
    assert run_until(office, store, "2027-12-31") == []
    assert fees_of(store, invoice) == []


def test_reversed_it_is_charged_again_for_the_days_that_it_was_due(office: Office, store: FakeStore) -> None:
    a_business(store, automatic(interest("36.5", period="P1M")))
    invoice = late(office, "1000")
    run_until(office, store, "2027-02-10")
    payment = pay(office, invoice, "1000")
    run_until(office, store, "2027-03-20")
    office.run_use_case(lambda uow: reverse_payment(uow, payment.id, "Bounced", ledger_of(office)))
    run_until(office, store, "2027-04-01")
    # Ten days in February, and eleven in March from the day after the reversal.
    assert sum(total for _, total in totals(store, invoice)) == 2100


def test_an_invoice_of_a_fee_becomes_overdue_and_bears_none(office: Office, store: FakeStore) -> None:
    a_business(store, MONTHLY)
    invoice = late(office)
    run_until(office, store, "2027-05-31")
    first, *_ = fees_of(store, invoice)
    assert (first.status, first.next_late_fee, fees_of(store, first)) == (Status.OVERDUE, None, [])


def test_it_is_mailed_with_its_hosted_page(office: Office, store: FakeStore) -> None:
    a_business(store, MONTHLY)
    invoice = late(office)
    run_until(office, store, "2027-03-01")
    (fee,) = fees_of(store, invoice)
    (delivery,) = [each for each in store.all(Delivery) if each.document_id == fee.id]
    assert (delivery.status, delivery.to) == (DeliveryStatus.QUEUED, ("ap@initech.example",))
    assert delivery.hosted_url == f"{PAGE_URL}/{fee.page_token}"


def test_without_an_address_it_is_issued_and_its_delivery_fails(office: Office, store: FakeStore) -> None:
    a_business(store, MONTHLY)
    invoice = late(office)
    a_business(store, MONTHLY, email=None, has_invoices=True)
    run_until(office, store, "2027-03-01")
    (fee,) = fees_of(store, invoice)
    (delivery,) = [each for each in store.all(Delivery) if each.document_id == fee.id]
    assert (delivery.status, delivery.failure) == (DeliveryStatus.FAILED, "no_email")
    assert "invoice.email_failed" in store.event_types()


class TestTimeZones:
    @pytest.mark.parametrize(("before", "after"), [
        ("America/Los_Angeles", "Asia/Tokyo"), ("Asia/Tokyo", "America/Los_Angeles"),
    ])  # fmt: skip
    def test_a_new_zone_moves_the_next_fee(self, office: Office, store: FakeStore, before: str, after: str) -> None:
        a_business(store, MONTHLY, before)
        invoice = late(office)
        run_until(office, store, "2027-03-10", before)
        office.run_use_case(lambda uow: update_account(uow, {"time_zone": after}))
        run_until(office, store, "2027-03-11", before)
        waiting = current(store, invoice).next_late_fee
        local(office, "2027-04-01", "00:00", after)
        assert waiting is not None
        assert waiting.at == office.now

    def test_what_is_found_too_early_is_put_back(self, office: Office, store: FakeStore) -> None:
        a_business(store, MONTHLY, "Asia/Tokyo")
        invoice = late(office)
        run_until(office, store, "2027-03-10", "Asia/Tokyo")
        a_business(store, MONTHLY, "America/Los_Angeles", has_invoices=True)
        local(office, "2027-04-01", "00:00", "Asia/Tokyo")
        assert tick(office, store) == [Work.LATE_FEE]
        assert len(fees_of(store, invoice)) == 1
        local(office, "2027-04-01", "00:00", "America/Los_Angeles")
        tick(office, store)
        assert len(fees_of(store, invoice)) == 2


class TestFailures:
    def test_it_waits_longer_each_time_and_blocks_nothing(self, office: Office, store: FakeStore) -> None:
        a_business(store, MONTHLY)
        invoice, other = late(office), late(office, due="2027-05-20")
        run_until(office, store, "2027-02-28")
        locked = an_account(currency="EUR", late_fee=MONTHLY, books_locked_until=date(2027, 4, 30))
        store.keep(locked)
        local(office, "2027-03-01")
        pauses, before = [], office.now
        for _ in range(12):
            assert tick(office, store) == [Work.LATE_FEE]
            waiting = current(store, invoice).next_late_fee
            assert waiting is not None
            pauses.append(waiting.at - before)
            office.now = before = waiting.at
        assert pauses[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
        assert pauses[-1] == timedelta(days=1)
        assert waiting.failure is not None
        assert (waiting.attempts, waiting.failure.code) == (12, "PERIOD_LOCKED")
        failed = [
            event
            for event in store.events.values()
            if event.type == "invoice.updated" and event.data["changed"] == ["late_fee_error"]
        ]
        assert len(failed) == 1, "once for each reason"
        local(office, "2027-05-21", "12:00")
        store.keep(replace(locked, books_locked_until=None))
        run_until(office, store, "2027-05-21")
        assert len(fees_of(store, invoice)) == 3
        assert current(store, other).status is Status.OVERDUE
        recovered = current(store, invoice).next_late_fee
        assert recovered is not None
        assert (recovered.attempts, recovered.failure) == (0, None)

    def test_an_archived_customer_is_not_charged_until_it_is_back(self, office: Office, store: FakeStore) -> None:
        a_business(store, MONTHLY)
        invoice = late(office)
        a_business(store, MONTHLY, archived_at=office.now, has_invoices=True)
        run_until(office, store, "2027-04-15")
        waiting = current(store, invoice).next_late_fee
        assert waiting is not None
        assert waiting.failure is not None
        assert (waiting.failure.code, fees_of(store, invoice)) == ("INVALID_CUSTOMER", [])
        a_business(store, MONTHLY, has_invoices=True)
        run_until(office, store, "2027-04-17")
        assert len(fees_of(store, invoice)) == 2
