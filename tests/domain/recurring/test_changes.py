"""Changes of a schedule: which dates they apply to, and what stays."""

from dataclasses import replace
from datetime import time
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.recurring.changing import MOST_PLANNED, change
from invoicing.domain.recurring.lifecycle import pause
from invoicing.domain.recurring.progress import failed
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from tests.builders import a_line, an_account
from tests.domain.recurring.plans import Engine, a_content, a_started, at, day, first_dates
from tests.domain.recurring.test_lifecycle import BAD

ACCOUNT = an_account()
NOW = at("2027-03-10T12:00:00Z")


def three_made(**overrides: Any) -> RecurringInvoice:
    engine = Engine(a_started("monthly", "2027-01-01", **overrides))
    engine.advance(NOW)
    return engine.schedule


def changed(schedule: RecurringInvoice, **values: Any) -> RecurringInvoice:
    after, passed = change(schedule, values, ACCOUNT, NOW)
    assert passed == ()
    return after


def dates_after(schedule: RecurringInvoice, count: int = 3) -> list[str]:
    engine = Engine(schedule)
    engine.advance(at("2040-01-01T00:00:00Z"))
    return engine.dates[:count]


def test_a_new_day_begins_with_its_first_date_on_or_after_the_next() -> None:
    after = changed(three_made(), day=15)
    assert dates_after(after) == ["2027-04-15", "2027-05-15", "2027-06-15"]


def test_the_same_values_move_nothing() -> None:
    schedule = three_made()
    assert changed(schedule, day=None, frequency="monthly", send_at=time(9), notes=None) is schedule


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"interval": 2}, ["2027-04-01", "2027-06-01", "2027-08-01"]),
        ({"frequency": "quarterly"}, ["2027-04-01", "2027-07-01", "2027-10-01"]),
        ({"frequency": "yearly"}, ["2027-04-01", "2028-04-01", "2029-04-01"]),
        ({"frequency": "weekly"}, ["2027-04-02", "2027-04-09", "2027-04-16"]),  # the start was a Friday
        ({"frequency": "weekly", "weekday": "mon"}, ["2027-04-05", "2027-04-12", "2027-04-19"]),
        ({"frequency": "daily", "interval": 10}, ["2027-04-01", "2027-04-11", "2027-04-21"]),
        ({"billing": "in_arrears"}, ["2027-05-01", "2027-06-01", "2027-07-01"]),
    ],
)
def test_a_new_rule_begins_where_the_old_one_stood(rule: dict[str, Any], expected: list[str]) -> None:
    assert dates_after(changed(three_made(), **rule)) == expected


def test_the_day_of_the_start_is_not_lost_in_a_short_month() -> None:
    engine = Engine(a_started("monthly", "2027-01-31"))
    engine.advance(at("2027-02-01T00:00:00Z"))
    assert dates_after(changed(engine.schedule, interval=2)) == ["2027-02-28", "2027-04-30", "2027-06-30"]


@pytest.mark.parametrize("rule", [{"day": 15}, {"interval": 2}, {"frequency": "quarterly"}, {"frequency": "weekly"}])
def test_in_arrears_no_day_is_invoiced_twice(rule: dict[str, Any]) -> None:
    engine = Engine(a_started("monthly", "2027-01-01", billing="in_arrears"))
    engine.advance(NOW)
    engine.schedule = changed(engine.schedule, **rule)
    engine.advance(at("2029-01-01T00:00:00Z"))
    periods = [each.period for each in engine.made]
    assert all(before.end < after.start for before, after in pairwise(periods))
    assert periods[2].start >= day("2027-03-01")


def test_the_start_is_fixed_once_an_invoice_was_made() -> None:
    with pytest.raises(Conflict) as refused:
        change(three_made(), {"start_date": day("2027-05-01")}, ACCOUNT, NOW)
    assert refused.value.code == "START_DATE_FIXED"


def test_before_that_it_can_be_moved() -> None:
    schedule = a_started("monthly", "2027-06-01")
    assert dates_after(changed(schedule, start_date=day("2027-05-20"))) == ["2027-05-20", "2027-06-20", "2027-07-20"]
    with pytest.raises(ValidationFailed) as refused:
        change(schedule, {"start_date": day("2027-03-01")}, ACCOUNT, NOW)
    assert refused.value.details[0].code == "CATCH_UP_REQUIRED"
    after, passed = change(schedule, {"start_date": day("2027-03-01"), "catch_up": "none"}, ACCOUNT, NOW)
    assert [str(each.last) for each in passed] == ["2027-03-01"]
    assert str(after.next_billing_date) == "2027-04-01"


@pytest.mark.parametrize("end", ["2027-02-15", "2027-03-01", "2027-03-31"])
def test_an_end_before_the_next_date_completes_it(end: str) -> None:
    after = changed(three_made(), end_date=day(end))
    assert after.status is RecurringStatus.COMPLETED
    assert (after.next_billing_date, after.next_at) == (None, None)


def test_an_end_on_the_next_date_leaves_one() -> None:
    assert dates_after(changed(three_made(), end_date=day("2027-04-01"))) == ["2027-04-01"]


def test_as_many_as_were_made_complete_it() -> None:
    assert changed(three_made(), max_occurrences=4).status is RecurringStatus.ACTIVE
    assert changed(three_made(), max_occurrences=3).status is RecurringStatus.COMPLETED
    assert changed(three_made(), max_occurrences=2).status is RecurringStatus.COMPLETED


def test_another_hour_moves_what_is_to_come() -> None:
    after = changed(three_made(), send_at=time(15, 30))
    assert after.next_at == at("2027-04-01T15:30:00Z")
    assert (after.version, after.updated_at) == (5, NOW)


def test_a_change_tries_a_failed_one_again_at_once() -> None:
    schedule, _ = failed(replace(three_made(), catch_up="none"), BAD, ACCOUNT, at("2027-04-01T09:00:00Z"))
    later = at("2027-05-02T00:00:00Z")
    after, _ = change(schedule, {"notes": "mended"}, ACCOUNT, later)
    engine = Engine(after)
    engine.tick(later)
    assert engine.dates == ["2027-04-01", "2027-05-01"]


def test_a_paused_one_can_be_changed() -> None:
    after = changed(pause(three_made(), NOW), day=15)
    assert (after.status, str(after.next_billing_date)) == (RecurringStatus.PAUSED, "2027-04-15")


def price(content: NewInvoice) -> Decimal:
    return content.lines[0].unit_price


def prices(schedule: RecurringInvoice, *dates: str) -> list[int]:
    return [int(price(schedule.content_on(day(each)))) for each in dates]


def lines(amount: str) -> tuple[Any, ...]:
    return (a_line(unit_price=amount),)


def test_new_prices_apply_to_the_dates_from_a_day_on_also_when_they_are_made_up_later() -> None:
    engine = Engine(a_started("monthly", "2027-01-01"))
    engine.schedule, _ = change(
        engine.schedule, {"lines": lines("120")}, ACCOUNT, at("2026-12-01T00:00:00Z"), effective_from=day("2027-03-01")
    )
    schedule = engine.schedule
    assert prices(schedule, "2027-01-01", "2027-02-01", "2027-03-01", "2028-01-01") == [100, 100, 120, 120]
    engine.tick(NOW)
    assert engine.dates == ["2027-01-01", "2027-02-01", "2027-03-01"]
    assert [price(content) for content in engine.contents] == [100, 100, 120]


def test_a_planned_price_stays_planned_when_something_else_changes() -> None:
    schedule = three_made()
    schedule, _ = change(schedule, {"lines": lines("120")}, ACCOUNT, NOW, effective_from=day("2027-07-01"))
    schedule = changed(schedule, notes="Thanks")
    assert prices(schedule, "2027-04-01", "2027-07-01") == [100, 120]
    assert {schedule.content_on(day(each)).notes for each in ("2027-04-01", "2027-07-01")} == {"Thanks"}


def test_a_price_planned_in_between_applies_to_all_later_dates() -> None:
    schedule = three_made()
    schedule, _ = change(schedule, {"lines": lines("120")}, ACCOUNT, NOW, effective_from=day("2027-07-01"))
    schedule, _ = change(schedule, {"lines": lines("110")}, ACCOUNT, NOW, effective_from=day("2027-05-01"))
    assert prices(schedule, "2027-04-01", "2027-05-01", "2027-07-01") == [100, 110, 110]
    assert len(schedule.planned) == 1


def test_a_price_from_a_day_that_has_passed_applies_from_the_next_date_on() -> None:
    schedule, _ = change(three_made(), {"lines": lines("120")}, ACCOUNT, NOW, effective_from=day("2027-02-01"))
    assert price(schedule.content) == Decimal(120)
    assert schedule.planned == ()


def test_what_was_planned_is_the_content_when_its_day_comes() -> None:
    schedule, _ = change(three_made(), {"lines": lines("120")}, ACCOUNT, NOW, effective_from=day("2027-05-01"))
    engine = Engine(schedule)
    engine.advance(at("2027-04-01T09:00:00Z"))
    assert price(engine.schedule.content) == Decimal(120)
    assert engine.schedule.planned == ()


def test_not_everything_can_be_planned_ahead() -> None:
    schedule = three_made()
    for number in range(MOST_PLANNED):
        schedule, _ = change(
            schedule, {"lines": lines(f"{200 + number}")}, ACCOUNT, NOW, effective_from=day(f"{2028 + number}-01-01")
        )
    with pytest.raises(ValidationFailed) as refused:
        change(schedule, {"lines": lines("1")}, ACCOUNT, NOW, effective_from=day("2090-01-01"))
    assert refused.value.details[0].code == "TOO_MANY"


def test_what_is_wrong_is_refused_and_all_of_it_named() -> None:
    with pytest.raises(ValidationFailed) as refused:
        change(
            three_made(),
            {"interval": 0, "weekday": "mon", "max_occurrences": 0, "notes": "{{ mont }}"},
            ACCOUNT,
            NOW,
        )
    assert [detail.field for detail in refused.value.details] == ["interval", "weekday", "max_occurrences", "notes"]


def test_a_new_rule_in_the_same_month_makes_no_date_twice() -> None:
    schedule = changed(changed(three_made(), day=15), day=1)
    assert first_dates(schedule, 2) == ["2027-05-01", "2027-06-01"]
    assert a_content().lines == schedule.content.lines
