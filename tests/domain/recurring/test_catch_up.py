"""Dates that were missed: a start in the past, and an outage."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.recurring.creating import catch_up_warning, started
from invoicing.domain.recurring.drafting import draft_of
from tests.builders import Ids, a_customer, an_account
from tests.domain.recurring.plans import Engine, a_content, a_schedule, a_started, at, local

CREATED = at("2026-11-25T10:00:00Z")
BERLIN = an_account(time_zone="Europe/Berlin")


def test_a_start_in_the_past_says_what_becomes_of_its_dates() -> None:
    with pytest.raises(ValidationFailed) as refused:
        started(a_schedule("daily", "2026-01-01"), an_account(), CREATED, catches_up=False)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("catch_up", "CATCH_UP_REQUIRED")]


def test_a_start_today_is_not_in_the_past() -> None:
    schedule, _ = started(a_schedule("daily", "2026-11-25"), an_account(), CREATED, catches_up=False)
    assert str(schedule.next_billing_date) == "2026-11-25"


def test_without_catching_up_the_first_date_is_the_next_after_today() -> None:
    schedule, passed = started(
        a_schedule("daily", "2026-01-01", catch_up="none"), an_account(), CREATED, catches_up=True
    )
    assert str(schedule.next_billing_date) == "2026-11-26"
    assert passed
    assert (str(passed.first), str(passed.last), passed.count, passed.reason) == (
        "2026-01-01", "2026-11-25", 329, "catch_up",
    )  # fmt: skip
    assert catch_up_warning(schedule, an_account(), CREATED) is None


def test_without_catching_up_an_end_in_the_past_leaves_nothing() -> None:
    schedule = a_schedule("daily", "2026-01-01", catch_up="none", end_date="2026-11-25")
    with pytest.raises(ValidationFailed) as refused:
        started(schedule, an_account(), CREATED, catches_up=True)
    assert refused.value.details[0].field == "end_date"


def test_all_dates_are_made_up_for_in_order_and_at_most_24_at_a_tick() -> None:
    schedule, _ = started(a_schedule("daily", "2026-01-01"), an_account(), CREATED, catches_up=True)
    warning = catch_up_warning(schedule, an_account(), CREATED)
    assert warning
    assert (warning.field, warning.code) == ("catch_up", "PAST_DATES")
    assert "329" in warning.message
    engine, now = Engine(schedule), CREATED
    made: list[int] = []
    while not made or made[-1]:
        before = len(engine.made)
        for _ in range(3):  # ticks that come at once make no more
            engine.tick(now)
        made.append(len(engine.made) - before)
        now += timedelta(minutes=5)
    assert max(made) == 24
    assert sum(made) == 329
    assert engine.dates == sorted(set(engine.dates))
    assert (engine.dates[0], engine.dates[-1]) == ("2026-01-01", "2026-11-25")


def test_only_the_latest_is_made_up_for() -> None:
    schedule, _ = started(a_schedule("daily", "2026-01-01", catch_up="latest"), an_account(), CREATED, catches_up=True)
    engine = Engine(schedule)
    engine.tick(CREATED)
    assert engine.dates == ["2026-11-25"]
    assert [(skip.count, skip.reason) for skip in engine.skipped] == [(328, "catch_up")]


@pytest.mark.parametrize(
    ("catch_up", "made", "skipped"),
    [
        ("all", ["2027-02-01", "2027-03-01", "2027-04-01"], 0),
        ("latest", ["2027-04-01"], 2),
        ("none", [], 3),
    ],
)
def test_an_outage_of_three_periods(catch_up: str, made: list[str], skipped: int) -> None:
    engine = Engine(a_started("monthly", "2027-01-01", by=BERLIN, catch_up=catch_up), BERLIN)
    engine.advance(local("2027-01-31T00:00", "Europe/Berlin"))
    assert engine.dates == ["2027-01-01"]
    for _ in range(50):
        engine.tick(local("2027-04-10T10:00", "Europe/Berlin"))
    assert engine.dates[1:] == made
    assert sum(skip.count for skip in engine.skipped) == skipped
    assert str(engine.schedule.next_billing_date) == "2027-05-01"


@pytest.mark.parametrize("catch_up", ["all", "latest", "none"])
def test_a_late_tick_is_no_outage(catch_up: str) -> None:
    engine = Engine(a_started("daily", "2027-01-01", catch_up=catch_up))
    engine.run(at("2027-01-01T09:59:00Z"), at("2027-01-09T09:59:00Z"), timedelta(days=1))
    assert len(engine.made) == 9
    assert engine.skipped == []


def late_invoice(**overrides: Any) -> Invoice:
    schedule = a_started("monthly", "2027-02-01", by=BERLIN, content=a_content(payment_terms="Net 14"), **overrides)
    now, engine = local("2027-04-10T10:00", "Europe/Berlin"), Engine(schedule, BERLIN)
    engine.tick(now)
    occurrence = engine.made[0]
    assert str(occurrence.occurrence_date) == "2027-02-01"
    assert [str(end) for end in occurrence.period] == ["2027-02-01", "2027-02-28"]
    return draft_of(schedule, occurrence, BERLIN, a_customer(), new_id=Ids().new_id, now=now)


def test_an_invoice_that_is_made_late_has_the_date_of_that_day() -> None:
    invoice = late_invoice()
    assert (str(invoice.issue_date), str(invoice.due_date)) == ("2027-04-10", "2027-04-24")


def test_it_can_have_the_date_of_its_occurrence_but_is_due_after_it_is_sent() -> None:
    invoice = late_invoice(catch_up_dates="occurrence")
    assert (str(invoice.issue_date), str(invoice.due_date)) == ("2027-02-01", "2027-04-24")
    assert invoice.payment_terms == "Net 14"
