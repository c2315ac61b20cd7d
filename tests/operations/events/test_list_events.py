"""Pages of the event log, and what a client sees that follows it while others write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.operations.events import list_events
from invoicing.operations.events._event_page import NEWEST, OLDEST, LogPosition, read_cursor
from tests.examples import examples
from tests.operations.events.following import BEGIN, Log, event_id, ids


@pytest.fixture
def log() -> Log:
    return Log()


def an_hour_later(log: Log) -> Log:
    log.pass_time(3600)
    return log


# ──────────────────────────────────────────── Pages ────────────────────────────────────────────


def test_without_a_position_the_newest_come_first_and_a_cursor_leads_to_older_ones(log: Log) -> None:
    recorded = [log.record(second).id for second in range(5)]
    log.pass_time(4)
    pages = [log.read(most=2)]
    for _ in range(3):
        pages.append(log.read(pages[-1].position, most=2))
    assert [ids(page) for page in pages] == [recorded[:2:-1], recorded[2:0:-1], recorded[:1], []]
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert pages[3].position == pages[2].position
    assert log.pauses == []


def test_three_events_of_one_millisecond_are_followed_in_pages_of_two_one_and_none(log: Log) -> None:
    recorded = [log.record(number=number).id for number in (2, 0, 1)]
    pages = list(an_hour_later(log).follow(most=2))
    assert [ids(page) for page in pages] == [sorted(recorded)[:2], sorted(recorded)[2:], []]
    assert [page.has_more for page in pages] == [True, False, False]
    later = log.record(3600)
    assert ids(log.read(pages[-1].position)) == [later.id]


def test_an_empty_page_says_where_to_go_on(log: Log) -> None:
    empty = log.read(OLDEST)
    assert (empty.items, empty.has_more, empty.position) == ((), False, OLDEST)
    first = log.record()
    assert ids(log.read(empty.position)) == [first.id]


def test_behind_the_oldest_event_nothing_comes_any_more(log: Log) -> None:
    end = log.read()
    assert (end.items, end.has_more) == ((), False)
    log.record()
    assert ids(log.read(end.position)) == []
    assert len(log.read().items) == 1


@pytest.mark.parametrize("position", [OLDEST, LogPosition(event_id(BEGIN)), replace(NEWEST, id=event_id(BEGIN))])
def test_a_cursor_stands_for_a_position(position: LogPosition) -> None:
    assert read_cursor(position.cursor) == position
    assert read_cursor("") == OLDEST


@pytest.mark.parametrize(
    "cursor",
    ["x", "evt_1", "oldest:", event_id(BEGIN), LogPosition("inv_1").cursor, OLDEST.cursor + "é", "%00", "===="],
)
def test_any_other_text_is_no_cursor(cursor: str) -> None:
    with pytest.raises(ValueError, match="no cursor"):
        read_cursor(cursor)


# ─────────────────────────────────── Following while others write ───────────────────────────────────


@pytest.mark.parametrize(("slowness", "pause"), [(0, 1.9), (2.4, 0)])
def test_a_slow_transaction_is_waited_for_before_a_later_event_is_passed(
    log: Log, slowness: float, pause: float
) -> None:
    """Whatever time the answer takes in which it is committed."""
    log.slowness = slowness
    slow = log.record(0, taking=1.5)
    quick = log.record(0.5, taking=0.1)
    log.pass_time(0.6)
    page = log.read(OLDEST)
    assert ids(page) == [slow.id, quick.id]
    assert log.pauses == [pytest.approx(pause)]
    assert log.read(page.position).items == ()


def test_what_was_committed_before_the_request_is_in_the_answer(log: Log) -> None:
    recorded = [log.record(second / 10).id for second in range(10)]
    log.pass_time(0.9)
    assert ids(log.read(OLDEST)) == recorded


def test_what_is_recorded_during_the_wait_is_left_to_the_next_page(log: Log) -> None:
    first = log.record()
    log.while_paused = lambda: log.record(1.9)
    page = log.read(OLDEST)
    assert (ids(page), page.has_more) == ([first.id], True)
    assert len(log.read(page.position).items) == 1


def test_settled_events_and_the_newest_first_come_at_once(log: Log) -> None:
    log.record()
    log.read()
    log.pass_time(2)
    log.read(OLDEST)
    assert log.pauses == []


def test_an_empty_page_does_not_wait_and_does_not_pass_what_has_not_settled(log: Log) -> None:
    old = log.record(-10, "customer.created")
    log.record(1, "customer.created")
    slow = log.record(0, taking=1.5)
    log.pass_time(1)
    page = log.read(OLDEST, types=("invoice.*",))
    assert (page.items, page.has_more, page.position, log.pauses) == ((), False, LogPosition(old.id), [])
    log.pass_time(5)
    assert ids(log.read(page.position, types=("invoice.*",))) == [slow.id]


def test_an_id_from_a_clock_that_is_ahead_is_waited_for_two_seconds_at_most(log: Log) -> None:
    ahead = log.record(9)
    log._under_way.clear()
    log.store.events[ahead.account, ahead.id] = ahead
    page = log.read(OLDEST)
    assert (page.items, page.has_more, page.position, log.pauses) == ((), True, OLDEST, [2])
    log.pass_time(10)
    assert ids(log.read(page.position)) == [ahead.id]


transactions = st.tuples(
    st.integers(0, 6_000), st.integers(0, 1_999), st.sampled_from(["invoice.created", "customer.created"])
)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(transactions, max_size=25),
    st.lists(st.tuples(st.integers(0, 1_500), st.integers(1, 4), st.sampled_from([0, 0, 300, 2_400])), max_size=25),
    st.sampled_from([("*",), ("invoice.*",)]),
)
def test_each_event_is_read_once_and_in_order_whoever_is_slow(
    written: list[tuple[int, int, str]], reads: list[tuple[int, int, int]], types: tuple[str, ...]
) -> None:
    """Milliseconds at which ids are made, and that transactions take; those between reads, pages' sizes, slowness."""
    log = Log()
    for number, (begun, taking, name) in enumerate(written):
        log.record(begun / 1000, name, number=number, taking=taking / 1000)
    found: list[str] = []
    position = OLDEST
    for elapsed, most, slowness in reads:
        log.pass_time(elapsed / 1000)
        log.slowness = slowness / 1000
        page = log.read(position, most=most, types=types)
        found += ids(page)
        position = page.position
    log.pass_time(60)
    found += [event_id for page in log.follow(position, most=3, types=types) for event_id in ids(page)]
    expected = [event.id for event in log.store.events.values() if "*" in types or event.type == "invoice.created"]
    assert found == sorted(expected)
    assert all(pause <= 2 for pause in log.pauses)


# ─────────────────────────────────────────── Filters ───────────────────────────────────────────


def several(account: str, created: Any) -> Log:
    """Events of three customers and their invoices, recorded every minute, each ``created`` at some other time."""
    log = Log(account)
    for minute in range(24):
        name = ("invoice.created", "invoice.paid", "customer.updated", "invoice.sent")[minute % 4]
        customer = f"cust_{minute % 3}"
        resource = customer if name.startswith("customer.") else f"inv_{minute % 5}"
        event = log.record(-60 * minute, name, occurred_at=created(minute), resource_id=resource)
        data = dict(event.data) | ({"id": customer} if name.startswith("customer.") else {"customer_id": customer})
        log.store.events[account, event.id] = replace(event, data=data)
    return log


def recorded(minute: int) -> datetime:
    """A few seconds before the recording: the request was retried."""
    return BEGIN - timedelta(minutes=minute, seconds=minute)


def by_a_test_clock(minute: int) -> datetime:
    """Forwards while real time goes back, from 2020 to 2040."""
    return datetime(2020 + minute % 21, 6, 1, tzinfo=UTC)


ASKED: list[tuple[dict[str, Any], Any]] = [
    ({"types": ("invoice.paid",)}, lambda event: event.type == "invoice.paid"),
    ({"types": ("invoice.paid", "customer.*")}, lambda event: event.type in {"invoice.paid", "customer.updated"}),
    ({"resource_id": "inv_3"}, lambda event: event.resource_id == "inv_3"),
    ({"resource_id": "cust_1"}, lambda event: event.resource_id == "cust_1"),
    ({"customer_id": "cust_1"}, lambda event: "cust_1" in {event.resource_id, event.data.get("customer_id")}),
    ({"customer_id": "cust_9"}, lambda event: False),
    (
        {"resource_id": "inv_3", "types": ("invoice.sent",), "customer_id": "cust_0"},
        lambda event: (
            (event.resource_id, event.type, event.data.get("customer_id")) == ("inv_3", "invoice.sent", "cust_0")
        ),
    ),
]


@pytest.mark.parametrize(("asked", "passes"), ASKED)
@pytest.mark.parametrize("account", ["acc_1", "acc_1#test"])
@pytest.mark.parametrize("position", [OLDEST, NEWEST])
def test_a_filter_leaves_out_all_others(
    asked: dict[str, Any], passes: Any, account: str, position: LogPosition
) -> None:
    log = an_hour_later(several(account, by_a_test_clock if "#" in account else recorded))
    expected = sorted((event.id for event in log.store.events.values() if passes(event)), reverse=position.newest_first)
    assert [event_id for page in log.follow(position, most=2, **asked) for event_id in ids(page)] == expected


@pytest.mark.parametrize(
    ("account", "created"), [("acc_1", recorded), ("acc_1#test", recorded), ("acc_1#test", by_a_test_clock)]
)
@pytest.mark.parametrize("position", [OLDEST, NEWEST])
def test_a_period_includes_its_beginning_and_not_its_end(account: str, created: Any, position: LogPosition) -> None:
    log = an_hour_later(several(account, created))
    begin, end = sorted((created(9), created(4)))
    expected = {event.id for event in log.store.events.values() if begin <= event.occurred_at < end}
    period = {"created_from": begin, "created_before": end}
    found = [event_id for page in log.follow(position, most=2, **period) for event_id in ids(page)]
    assert found == sorted(expected, reverse=position.newest_first)
    assert len(found) in {5, *range(5, 13)}


def test_a_period_of_live_mode_reads_nothing_before_and_little_behind_it() -> None:
    log = an_hour_later(several("acc_1", recorded))
    asked = {"created_from": recorded(9), "created_before": recorded(6)}
    found = [event_id for page in log.follow(OLDEST, **asked) for event_id in ids(page)]
    assert len(found) == 3
    assert set(log.read_from) <= {event_id(BEGIN - timedelta(minutes=minute)) for minute in range(5, 10)}


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("account", ["acc_1", "acc_1#test"])
def test_a_period_may_begin_and_end_at_any_time(year: int, account: str) -> None:
    log = an_hour_later(several(account, recorded))
    far = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    everything = len(log.store.events)
    assert len(log.read(OLDEST, created_from=far, most=100).items) == (everything if year == 1 else 0)
    assert len(log.read(OLDEST, created_before=far, most=100).items) == (0 if year == 1 else everything)


@pytest.mark.parametrize("position", [OLDEST, NEWEST])
def test_a_page_looks_at_some_events_only_and_the_next_goes_on_from_there(
    position: LogPosition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_events, "MOST_EXAMINED", 5)
    log = an_hour_later(several("acc_1", recorded))
    pages = list(log.follow(position, types=("customer.*",), customer_id="cust_0"))
    assert [len(page.items) for page in pages].count(0) >= 2
    assert [page.has_more for page in pages] == [True] * (len(pages) - 1) + [False]
    expected = {event.id for event in log.store.events.values() if event.resource_id == "cust_0"}
    assert [event_id for page in pages for event_id in ids(page)] == sorted(expected, reverse=position.newest_first)


def test_the_order_is_that_of_recording_whatever_a_test_clock_shows() -> None:
    log = Log("acc_1#test")
    recorded = [log.record(minute * 60, occurred_at=by_a_test_clock(20 - minute)).id for minute in range(20)]
    log.pass_time(3600)
    assert ids(log.read(OLDEST, most=100)) == recorded
    assert ids(log.read(most=100)) == recorded[::-1]


def test_an_expired_event_is_left_out_before_it_is_removed(log: Log) -> None:
    for name in ("customer.created", "invoice.created"):
        log.record(-400 * 86_400, name, number=len(log.store.events))
    log.record(-390 * 86_400, "customer.updated")
    assert [event.type for event in log.read(OLDEST).items] == ["invoice.created", "customer.updated"]


def test_another_account_has_none_of_them(log: Log) -> None:
    log.record()
    other = Log("acc_2")
    other.store = log.store
    assert other.read().items == ()


def test_events_are_read_only_as_far_as_the_page_reaches(log: Log) -> None:
    for second in range(50):
        log.record(second)
    log.pass_time(3600)
    log.read(OLDEST, most=5)
    assert len(log.read_from) == 6
