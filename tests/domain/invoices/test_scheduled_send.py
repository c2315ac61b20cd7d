"""When a scheduled send is due, and due again after failures."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import instant_text
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.invoices.scheduled_send import (
    LONGEST_WAIT,
    ScheduledSend,
    after_failure,
    send_in_time_zone,
    time_of_send,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ZONES = (
    "America/New_York",
    "America/Santiago",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def a_send(at: datetime = NOW, **fields: object) -> ScheduledSend:
    return ScheduledSend(at=at, page_url="https://api.example/i", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("time_zone", "civil", "instant"),
    [
        ("Europe/Berlin", "2027-01-01T09:00", "2027-01-01T08:00:00.000Z"),
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30:00.000Z"),
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30:00.000Z"),
        ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00.000Z"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30:00.000Z"),
        ("Australia/Sydney", "2027-10-03T02:30", "2027-10-02T16:30:00.000Z"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45:00.000Z"),
        ("America/Santiago", "2027-09-05T00:30", "2027-09-05T04:30:00.000Z"),
        ("UTC", "2027-01-01T09:00", "2027-01-01T09:00:00.000Z"),
    ],
)
def test_a_local_time_is_that_of_the_account(time_zone: str, civil: str, instant: str) -> None:
    at, kept = time_of_send(local(civil), time_zone, NOW)
    assert (instant_text(at), kept) == (instant, civil)


@cache
def changes_of(time_zone: str) -> list[datetime]:
    """The hours of 2027 after which a zone has another offset; one for a zone that keeps its own."""
    zone = ZoneInfo(time_zone)
    hours = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(365 * 24)]
    changes = [a for a, b in pairwise(hours) if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()]
    return changes or [hours[3000]]


@given(data=st.data(), time_zone=st.sampled_from(ZONES), minutes=st.integers(-200, 200))
def test_a_local_time_is_the_first_instant_that_shows_it_or_lies_as_far_behind_a_gap(
    data: st.DataObject, time_zone: str, minutes: int
) -> None:
    """Offsets change months apart, so those of the day before and after are the only ones that a local time has."""
    change, zone = data.draw(st.sampled_from(changes_of(time_zone))), ZoneInfo(time_zone)
    civil = change.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=minutes)
    at, _ = time_of_send(civil, time_zone, NOW)
    as_utc = civil.replace(tzinfo=UTC)
    offsets = [(as_utc + timedelta(days=days)).astimezone(zone).utcoffset() or timedelta() for days in (-1, 1)]
    before, after = (as_utc - offset for offset in offsets)
    shown = [each for each in (before, after) if each.astimezone(zone).replace(tzinfo=None) == civil]
    assert at == min(shown, default=before)


def test_an_instant_is_the_same_in_every_zone_and_kept_to_the_millisecond() -> None:
    given = local("2027-01-01T09:00:00.123987+05:45")
    for time_zone in ZONES:
        at, kept = time_of_send(given, time_zone, NOW)
        assert (at, kept) == (datetime(2027, 1, 1, 3, 15, 0, 123000, UTC), None)


def refused(given: datetime, time_zone: str, now: datetime = NOW) -> Detail:
    with pytest.raises(ValidationFailed) as error:
        time_of_send(given, time_zone, now)
    (detail,) = error.value.details
    assert (detail.field, detail.code) == ("send_at", "SEND_AT_INVALID")
    return detail


@pytest.mark.parametrize("time_zone", ZONES)
@pytest.mark.parametrize("offset", ["", ":00Z", ":00+14:00", ":00-12:00"])
def test_a_time_of_another_age_is_refused_as_any_other(time_zone: str, offset: str) -> None:
    assert "in the future" in refused(local("0001-01-01T00:00" + offset), time_zone).message
    assert "two years" in refused(local("9999-12-31T23:59" + offset), time_zone).message


def test_now_is_too_late_and_the_next_millisecond_is_not() -> None:
    assert refused(NOW, "UTC").value == "2026-11-26T12:00:00+00:00"
    soon = NOW + timedelta(milliseconds=1)
    assert time_of_send(soon, "UTC", NOW)[0] == soon
    # What is cut off could lie in the future: the instant that would be stored does not.
    assert "in the future" in refused(NOW + timedelta(microseconds=999), "UTC").message


def test_two_years_ahead_is_the_furthest_also_over_29_february() -> None:
    now = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert time_of_send(now.replace(year=2029), "UTC", now)[0] == datetime(2029, 3, 1, 12, tzinfo=UTC)
    assert time_of_send(now + LONGEST_WAIT, "UTC", now)[0] == now + LONGEST_WAIT
    assert "two years" in refused(now + LONGEST_WAIT + timedelta(milliseconds=1), "UTC", now).message


def test_a_local_time_follows_the_accounts_time_zone_and_an_instant_does_not() -> None:
    at, civil = time_of_send(local("2027-01-01T09:00"), "America/Los_Angeles", NOW)
    moved = send_in_time_zone(a_send(at, local=civil), "Asia/Tokyo")
    assert (moved.at, moved.local) == (datetime(2027, 1, 1, 0, tzinfo=UTC), civil)
    assert send_in_time_zone(moved, "America/Los_Angeles").at == at
    assert send_in_time_zone(a_send(at), "Asia/Tokyo") == a_send(at)


LOCKED = Conflict("PERIOD_LOCKED", "The books are locked.")


def failures(first: datetime) -> list[ScheduledSend]:
    """A send that fails whenever it is due, until it is due no more."""
    sends = [a_send(first)]
    while now := sends[-1].due_at:
        sends.append(after_failure(sends[-1], LOCKED, now))
    return sends


def test_a_failed_send_is_tried_again_with_growing_pauses_for_almost_seven_days() -> None:
    due = [send.due_at for send in failures(NOW)[:-1] if send.due_at]
    pauses = [later - earlier for earlier, later in pairwise(due)]
    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=1)
    assert timedelta(days=6, hours=12) < due[-1] - due[0] <= timedelta(days=7)


def test_what_failed_too_often_waits_no_more_and_keeps_its_time_and_its_error() -> None:
    last = failures(NOW)[-1]
    assert (last.due_at, last.at) == (None, NOW)
    assert last.failure is not None
    assert (last.failure.code, last.failure.message) == ("PERIOD_LOCKED", "The books are locked.")


def test_the_error_of_a_wrong_field_is_the_fields_own() -> None:
    wrong = ValidationFailed(Detail("exchange_rate", "exchange_rate is required.", "EXCHANGE_RATE_REQUIRED"))
    failure = after_failure(a_send(), wrong, NOW).failure
    assert failure is not None
    assert (failure.code, failure.message) == ("EXCHANGE_RATE_REQUIRED", "exchange_rate is required.")


def test_a_send_that_failed_waits_for_its_next_attempt_in_every_time_zone() -> None:
    failed = after_failure(a_send(NOW, local="2026-11-26T12:00"), LOCKED, NOW)
    for time_zone in ZONES:
        assert send_in_time_zone(failed, time_zone) == failed
