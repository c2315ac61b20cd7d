"""Settings of reminders: what is possible, what a schedule comes to, and when steps are moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import WEEKDAYS
from invoicing.domain.reminders.rules import rules_for
from invoicing.domain.reminders.settings import (
    MOST_ENTRIES,
    MOST_STEPS,
    ReminderOverride,
    ReminderSettings,
    ScheduleEntry,
    changed_override,
    changed_settings,
    expanded,
    wrong_in_schedule,
    wrong_in_settings,
)
from tests.domain.reminders.model import offsets

BEFORE, NOW = datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 10, 11, tzinfo=UTC)
DAILY_FOR_A_WEEK = ScheduleEntry(every_days=1, times=7)


def schedule(*given: dict[str, Any]) -> tuple[ScheduleEntry, ...]:
    return tuple(ScheduleEntry(**entry) for entry in given)


def wrong(*given: dict[str, Any]) -> dict[str, str]:
    """The code of what is wrong, by field."""
    return {detail.field: detail.code for detail in wrong_in_schedule(schedule(*given))}


def test_a_new_account_reminds_nobody() -> None:
    assert ReminderSettings() == ReminderSettings(
        enabled=False, send_at=time(9), weekdays=WEEKDAYS, schedule=(), mode="per_invoice", since=None
    )
    assert wrong_in_settings(ReminderSettings()) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([{"offset_days": -3}, {"offset_days": 0}, {"every_days": 14, "times": 3}], {}),
        ([{"offset_days": -365}, {"offset_days": 365}, {"every_days": 365, "times": 26}], {}),
        ([{"offset_days": -366}], {"schedule[0].offset_days": "VALUE_INVALID"}),
        ([{"offset_days": 0}, {"offset_days": 366}], {"schedule[1].offset_days": "VALUE_INVALID"}),
        ([{"every_days": 1}], {"schedule[0].times": "FIELD_REQUIRED"}),
        ([{"times": 3}], {"schedule[0].every_days": "FIELD_REQUIRED"}),
        (
            [{"every_days": 0, "times": 0}],
            {"schedule[0].every_days": "VALUE_INVALID", "schedule[0].times": "VALUE_INVALID"},
        ),
        ([{"every_days": -1, "times": 1}], {"schedule[0].every_days": "VALUE_INVALID"}),
        ([{"every_days": 366, "times": 1}], {"schedule[0].every_days": "VALUE_INVALID"}),
        ([{"every_days": 7, "times": 27}], {"schedule[0].times": "VALUE_INVALID"}),
        ([{"offset_days": 0}, {}], {"schedule[1]": "SCHEDULE_INVALID"}),
        ([{"subject": "Hello"}], {"schedule[0]": "SCHEDULE_INVALID"}),
        ([{"offset_days": 0, "every_days": 7, "times": 2}], {"schedule[0]": "SCHEDULE_INVALID"}),
        ([{"offset_days": 0, "times": 2}], {"schedule[0]": "SCHEDULE_INVALID"}),
        ([{"offset_days": 7}, {"offset_days": 0}, {"offset_days": 7}], {"schedule[2].offset_days": "SCHEDULE_INVALID"}),
        ([{"offset_days": offset} for offset in range(MOST_ENTRIES)], {}),
        ([{"offset_days": offset} for offset in range(MOST_ENTRIES + 1)], {"schedule": "TOO_MANY"}),
    ],
)
def test_a_schedule_is_possible_or_says_what_is_wrong(given: Sequence[dict[str, Any]], found: dict[str, str]) -> None:
    assert wrong(*given) == found


def test_an_error_names_the_path_in_the_request() -> None:
    (detail,) = wrong_in_schedule(schedule({"every_days": 1}), "reminders.schedule")
    assert (detail.field, detail.message) == (
        "reminders.schedule[0].times",
        "reminders.schedule[0].times is required: reminders must end.",
    )


def test_a_schedule_comes_to_at_most_a_hundred_steps() -> None:
    repetitions = [{"every_days": days, "times": 25} for days in (100, 101, 103, 107)]
    assert len(expanded(schedule(*repetitions))) == MOST_STEPS
    assert wrong(*repetitions) == {}
    assert wrong({"offset_days": 0}, *repetitions) == {"schedule": "TOO_MANY"}


@pytest.mark.parametrize(
    ("weekdays", "codes"),
    [((), ["TOO_FEW"]), (("mon", "mon"), ["SCHEDULE_INVALID"]), (("sun",), []), (tuple(reversed(WEEKDAYS)), [])],
)
def test_weekdays_are_at_least_one_and_each_once(weekdays: Any, codes: list[str]) -> None:
    assert [detail.code for detail in wrong_in_settings(ReminderSettings(weekdays=weekdays))] == codes


def test_repetitions_count_from_the_latest_offset_in_whatever_order() -> None:
    given = [{"offset_days": 7}, {"every_days": 14, "times": 3}, {"offset_days": -3}, {"offset_days": 0}]
    assert list(expanded(schedule(*given))) == [-3, 0, 7, 21, 35, 49]


def test_repetitions_alone_count_from_the_due_date() -> None:
    assert list(expanded((DAILY_FOR_A_WEEK,))) == [1, 2, 3, 4, 5, 6, 7]


def test_repetitions_after_offsets_that_are_all_before_the_due_date_count_from_those() -> None:
    assert list(expanded(schedule({"offset_days": -10}, {"every_days": 5, "times": 3}))) == [-10, -5, 0, 5]


def test_where_two_entries_meet_there_is_one_step_with_the_wording_of_the_first() -> None:
    weekly, fortnightly = ScheduleEntry(every_days=7, times=2), ScheduleEntry(every_days=14, times=2)
    assert expanded((weekly, fortnightly)) == {7: weekly, 14: weekly, 28: fortnightly}


ENTRIES = st.lists(
    st.one_of(
        st.builds(lambda days: {"offset_days": days}, st.integers(-365, 365)),
        st.builds(lambda days, times: {"every_days": days, "times": times}, st.integers(1, 40), st.integers(1, 26)),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_a_schedule_comes_to_the_offsets_that_counting_gives(given: list[dict[str, int]]) -> None:
    found = list(expanded(schedule(*given)))
    assert found == sorted(offsets(given))


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ({}, False),
        ({"mode": "per_customer"}, False),
        ({"schedule": schedule({"offset_days": 7, "subject": "Please pay", "message": "Now."})}, False),
        ({"weekdays": tuple(reversed(WEEKDAYS))}, False),
        ({"schedule": schedule({"every_days": 7, "times": 1})}, False),
        ({"enabled": False}, True),
        ({"send_at": time(10)}, True),
        ({"weekdays": WEEKDAYS[:5]}, True),
        ({"schedule": schedule({"offset_days": 7}, {"offset_days": 14})}, True),
    ],
)
def test_only_what_moves_steps_begins_anew(change: dict[str, Any], moves: bool) -> None:
    before = ReminderSettings(enabled=True, schedule=schedule({"offset_days": 7}), since=BEFORE)
    after = replace(before, since=None, **change)
    assert changed_settings(before, after, NOW) == replace(after, since=NOW if moves else BEFORE)


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ({}, False),
        ({"mute_until": date(2027, 3, 22)}, False),
        ({"enabled": None}, True),
        ({"enabled": False}, True),
        ({"schedule": None}, True),
        ({"schedule": ()}, True),
        ({"schedule": schedule({"offset_days": 8})}, True),
    ],
)
def test_only_what_moves_steps_of_an_override_begins_anew(change: dict[str, Any], moves: bool) -> None:
    before = ReminderOverride(enabled=True, schedule=schedule({"offset_days": 7}), since=BEFORE)
    after = replace(before, since=None, **change)
    assert changed_override(before, after, NOW) == replace(after, since=NOW if moves else BEFORE)


def test_an_invoice_overrides_its_customer_and_that_the_account() -> None:
    account = ReminderSettings(enabled=True, schedule=schedule({"offset_days": 1}), since=BEFORE)
    customer = ReminderOverride(enabled=False, schedule=schedule({"offset_days": 2}), since=NOW)
    invoice = ReminderOverride(enabled=True, schedule=(), since=BEFORE)
    assert (rules_for(account).enabled, list(rules_for(account).entries)) == (True, [1])
    assert (rules_for(account, customer).enabled, list(rules_for(account, customer).entries)) == (False, [2])
    all_three = rules_for(account, customer, invoice)
    assert (all_three.enabled, all_three.entries) == (True, {})
    assert [rules.since for rules in (rules_for(account), all_three)] == [BEFORE, NOW]
    assert rules_for(ReminderSettings(enabled=False), invoice=replace(invoice, enabled=None)).enabled is False


def test_muted_is_who_is_muted_by_any() -> None:
    early, late = (ReminderOverride(mute_until=date(2027, 3, day)) for day in (10, 22))
    account = ReminderSettings(enabled=True)
    assert rules_for(account, early, late).mute_until == rules_for(account, late, early).mute_until == date(2027, 3, 22)
    assert rules_for(account, early).mute_until == date(2027, 3, 10)
    assert rules_for(account).mute_until is None
