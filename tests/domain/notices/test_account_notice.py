"""When an account is told of failures, and of which: each once, on a day of its own, and none is lost."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.notices.account_notice import (
    MOST_NAMED,
    AccountNotice,
    dropped,
    due_notice,
    is_told,
    notice_id,
    scheduled,
    told,
    with_failures,
)
from invoicing.domain.parties.notifications import Notifications
from tests.builders import a_delivery, an_account
from tests.examples import examples

EMPTY = AccountNotice(account="acc_1", id="acc_1", version=0)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Apia", "Australia/Lord_Howe")


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def failed(notice: AccountNotice, *ids: str, now: str, send_at: time = time(8), zone: str = "Europe/Berlin") -> str:
    """When the account is told, as a civil time."""
    due_at = with_failures(notice, ids, at(now, zone), send_at, zone).due_at
    assert due_at
    return f"{due_at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "told_at"),
    [
        ("2027-03-01 07:59:59.999", "03-01 08:00"),
        ("2027-03-01 08:00", "03-02 08:00"),
        ("2027-03-01 23:59", "03-02 08:00"),
        ("2027-12-31 12:00", "01-01 08:00"),
    ],
)
def test_the_account_is_told_at_the_next_civil_time(now: str, told_at: str) -> None:
    assert failed(EMPTY, "dlv_1", now=now) == told_at


@pytest.mark.parametrize(
    ("now", "send_at", "instant"),
    [
        ("2027-03-27 12:00", time(2, 30), "2027-03-28T01:30:00+00:00"),  # does not exist: 03:30 is meant
        ("2027-10-30 12:00", time(2, 30), "2027-10-31T00:30:00+00:00"),  # exists twice: the first is meant
        ("2027-10-31 02:00", time(2, 30), "2027-10-31T00:30:00+00:00"),
        ("2027-03-27 12:00", time(8), "2027-03-28T06:00:00+00:00"),
        ("2027-10-30 12:00", time(8), "2027-10-31T07:00:00+00:00"),
    ],
)
def test_clocks_that_are_put_forward_or_back(now: str, send_at: time, instant: str) -> None:
    notice = with_failures(EMPTY, ["dlv_1"], at(now), send_at, "Europe/Berlin")
    assert notice.due_at == datetime.fromisoformat(instant)


def test_a_day_that_a_time_zone_skipped_is_no_reason_to_wait_for_ever() -> None:
    notice = with_failures(EMPTY, ["dlv_1"], at("2011-12-29 12:00", "Pacific/Apia"), time(8), "Pacific/Apia")
    assert notice.due_at
    assert timedelta() < notice.due_at - at("2011-12-29 12:00", "Pacific/Apia") <= timedelta(days=1)


def test_later_failures_join_and_change_no_time() -> None:
    first = with_failures(EMPTY, ["dlv_1"], at("2027-03-01 12:00"), time(8), "Europe/Berlin")
    second = with_failures(first, ["dlv_2", "dlv_1"], at("2027-03-01 12:00"), time(8), "Europe/Berlin")
    assert (second.delivery_ids, second.count, second.version) == (("dlv_1", "dlv_2"), 2, first.version + 1)
    assert (second.day, second.due_at) == (first.day, first.due_at)


def test_of_very_many_it_names_the_first_and_counts_all() -> None:
    notice = EMPTY
    for number in range(MOST_NAMED + 7):
        notice = with_failures(notice, [f"dlv_{number}"], at("2027-03-01 12:00"), time(8), "Europe/Berlin")
    assert notice.delivery_ids == tuple(f"dlv_{number}" for number in range(MOST_NAMED))
    assert notice.count == MOST_NAMED + 7


def test_emails_and_scheduled_sends_share_the_room() -> None:
    now, notice = at("2027-03-01 12:00"), EMPTY
    for number in range(MOST_NAMED):
        ids, invoices = [f"dlv_{number}"], [f"inv_{number}"]
        notice = with_failures(notice, ids, now, time(8), "Europe/Berlin", invoice_ids=invoices)
    half = MOST_NAMED // 2
    assert (len(notice.delivery_ids), len(notice.invoice_ids), notice.count) == (half, half, 2 * MOST_NAMED)
    again = with_failures(notice, [], now, time(8), "Europe/Berlin", invoice_ids=["inv_0"])
    assert again.count == notice.count, "an invoice that is named already"
    assert told(again).invoice_ids == ()


def test_schedules_share_the_room_with_the_others() -> None:
    now = at("2027-03-01 12:00")
    ids = [f"rec_{number}" for number in range(MOST_NAMED)]
    notice = with_failures(EMPTY, ["dlv_1"], now, time(8), "Europe/Berlin", invoice_ids=["inv_1"], recurring_ids=ids)
    assert (notice.recurring_ids, notice.count) == (tuple(ids[:-2]), MOST_NAMED + 2)
    again = with_failures(notice, [], now, time(8), "Europe/Berlin", recurring_ids=["rec_0"])
    assert (again.count, again.recurring_ids) == (notice.count, notice.recurring_ids), "another reason of one"
    assert (told(again).recurring_ids, told(again).told_on) == ((), notice.day)


def test_a_webhook_that_is_disabled_twice_is_one() -> None:
    now = at("2027-03-01 12:00")
    first = with_failures(EMPTY, ["dlv_1"], now, time(8), "Europe/Berlin", webhook_ids=["webhook_1"])
    again = with_failures(first, [], now, time(8), "Europe/Berlin", webhook_ids=["webhook_1", "webhook_2"])
    assert (first.count, again.count, again.webhook_ids) == (2, 3, ("webhook_1", "webhook_2"))
    assert told(again).webhook_ids == ()


def test_what_fails_after_the_notice_of_a_day_is_told_on_the_next() -> None:
    waiting = with_failures(EMPTY, ["dlv_1"], at("2027-03-01 07:00"), time(8), "Europe/Berlin")
    after = told(waiting)
    assert (after.delivery_ids, after.count, after.due_at, after.told_on) == ((), 0, None, date(2027, 3, 1))
    assert due_notice(after) is None
    assert failed(after, "dlv_2", now="2027-03-01 08:00") == "03-02 08:00"
    assert failed(after, "dlv_2", now="2027-03-01 09:00", send_at=time(20)) == "03-02 20:00", "one a day"


def test_what_nobody_wants_to_hear_of_is_dropped_and_the_day_stays_free() -> None:
    waiting = with_failures(EMPTY, ["dlv_1"], at("2027-03-01 07:00"), time(8), "Europe/Berlin")
    assert due_notice(waiting) == DueWork(at("2027-03-01 08:00"), Work.NOTICE)
    assert failed(dropped(waiting), "dlv_2", now="2027-03-01 07:30") == "03-01 08:00"


def test_a_notice_comes_after_all_other_work_of_its_instant_that_may_fail() -> None:
    assert max(set(Work) - {Work.JOB}) is Work.NOTICE


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3 * 24 * 60), st.sampled_from(ZONES), st.times(), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_changes_no_failure_is_lost_and_no_day_has_two(
    steps: list[tuple[int, str, time, bool]],
) -> None:
    """Failures at any time, while zone and time change, and ticks come or do not."""
    now, notice = at("2027-03-26 12:00"), EMPTY
    failed_so_far: list[str] = []
    told_so_far: list[str] = []
    days: list[date] = []
    for number, (minutes, zone, send_at, fails) in enumerate(steps):
        now += timedelta(minutes=minutes)
        if notice.due_at:
            notice = scheduled(notice, now, send_at, zone) if notice.due_at > now else notice
        if notice.due_at and notice.day and notice.due_at <= now:
            told_so_far += notice.delivery_ids
            days.append(notice.day)
            notice = told(notice)
        if fails:
            failed_so_far.append(f"dlv_{number}")
            notice = with_failures(notice, [f"dlv_{number}"], now, send_at, zone)
            assert notice.due_at
            assert notice.due_at > now
    assert [*told_so_far, *notice.delivery_ids] == failed_so_far
    assert days == sorted(set(days))


class TestWhoIsTold:
    """Which account is told, and of which deliveries."""

    @pytest.mark.parametrize(
        ("account", "settings", "address"),
        [
            ("acc_1", Notifications(), "billing@acme.example"),
            ("acc_1#test", Notifications(), None),
            ("acc_1#test", Notifications(enabled=True), "billing@acme.example"),
            ("acc_1", Notifications(enabled=False), None),
            ("acc_1", Notifications(email="ops@acme.example"), "ops@acme.example"),
        ],
    )
    def test_it_is_on_in_live_mode(self, account: str, settings: Notifications, address: str | None) -> None:
        assert an_account(account=account, notifications=settings).notified_at == address

    def test_an_account_without_an_address_cannot_be_told(self) -> None:
        assert an_account(email=None).notified_at is None

    def test_both_modes_have_one_id_which_differs_between_accounts(self) -> None:
        assert notice_id("acc_1") == notice_id("acc_1#test") != notice_id("acc_2")

    @pytest.mark.parametrize("status", ["failed", "bounced", "complained", "unconfirmed"])
    def test_a_failure_is_told_of_once(self, status: str) -> None:
        delivery = a_delivery(status=DeliveryStatus(status))
        assert is_told(delivery, DeliveryStatus.DELIVERED)
        assert not is_told(delivery, DeliveryStatus.FAILED)
        assert not is_told(a_delivery(status=DeliveryStatus(status), document_kind="notice"))

    @pytest.mark.parametrize("status", ["simulated", "queued", "sending", "skipped", "sent", "delivered"])
    def test_nothing_else_is(self, status: str) -> None:
        assert not is_told(a_delivery(status=DeliveryStatus(status)))
