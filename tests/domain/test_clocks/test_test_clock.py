from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.test_clocks.test_clock import ClockStatus, TestClock, deleted, due_work_of, newest_of, set_to
from tests.builders import NOW

ACCOUNT = "acc_1#test"
NEWEST = datetime(2028, 2, 29, 8, 0, 0, 123_456, tzinfo=UTC)


def test_a_clock_is_not_set_to_before_the_newest_data_to_the_millisecond_that_clients_see() -> None:
    shown = NEWEST.replace(microsecond=123_000)
    assert set_to(None, ACCOUNT, shown, NEWEST).now == shown
    with pytest.raises(Conflict) as refused:
        set_to(None, ACCOUNT, shown - timedelta(milliseconds=1), NEWEST)
    assert refused.value.code == "TEST_CLOCK_BEFORE_DATA"
    assert "2028-02-29T08:00:00.123Z" in refused.value.message
    assert set_to(None, ACCOUNT, datetime(2000, 1, 1, tzinfo=UTC), None).newest_data is None


def test_the_newest_data_may_be_that_of_an_earlier_clock() -> None:
    clock = TestClock(account=ACCOUNT, now=NEWEST, newest_data=NEWEST)
    assert newest_of(clock, NOW) == NEWEST
    assert newest_of(clock, None) == NEWEST
    assert newest_of(None, NOW) == newest_of(TestClock(account=ACCOUNT, now=NOW), NOW) == NOW
    assert newest_of(None, None) is None


def test_setting_a_clock_ends_what_an_advance_left() -> None:
    failed = TestClock(
        account=ACCOUNT,
        version=7,
        now=NOW,
        status=ClockStatus.FAILED,
        target=NEWEST,
        done={"overdue": 3},
        last_error="Broken.",
    )
    assert set_to(failed, ACCOUNT, NEWEST, NOW) == TestClock(account=ACCOUNT, version=7, now=NEWEST, newest_data=NOW)


def test_of_a_deleted_clock_no_key_knows_and_a_tick_releases_what_waits_for_it() -> None:
    clock = TestClock(account=ACCOUNT, version=7, now=NEWEST)
    assert clock.reading
    assert due_work_of(clock) is None
    gone = deleted(clock, NEWEST, NOW)
    assert (gone.exists, gone.reading, gone.version) == (False, None, 7)
    due = due_work_of(gone)
    assert due
    assert due.at == NOW
