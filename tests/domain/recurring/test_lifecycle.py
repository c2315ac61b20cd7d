"""Pausing, resuming, skipping and cancelling; the end; failures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.due_work import DueWork, Work, pause_after
from invoicing.domain.errors import Conflict, Detail, InvoicingError, ValidationFailed
from invoicing.domain.parties.customer import MOST_ARCHIVINGS
from invoicing.domain.recurring.changing import change
from invoicing.domain.recurring.lifecycle import cancel, pause, paused_with, resume, skip
from invoicing.domain.recurring.occurrences import Occurrence, next_occurrence
from invoicing.domain.recurring.progress import failed, made, settled
from invoicing.domain.recurring.recurring_invoice import RecurringStatus, due_work_of
from tests.builders import a_customer, an_account
from tests.domain.recurring.plans import Engine, a_started, at

ACCOUNT = an_account()
BAD = ValidationFailed(Detail("items[0].description", "no such word", "PLACEHOLDER_UNKNOWN"))


def test_the_last_one_completes_it() -> None:
    engine = Engine(a_started("monthly", "2024-02-29", end_date="2024-06-30"))
    engine.advance(at("2024-05-30T00:00:00Z"))
    assert str(engine.schedule.status) == "active"
    engine.advance(at("2024-06-29T09:00:00Z"))
    assert engine.dates == ["2024-02-29", "2024-03-29", "2024-04-29", "2024-05-29", "2024-06-29"]
    assert engine.schedule.status is RecurringStatus.COMPLETED
    assert engine.schedule.next_billing_date is None
    assert due_work_of(engine.schedule) is None
    assert engine.schedule.invoices_generated == 5


def test_max_occurrences_counts_invoices_and_not_dates() -> None:
    engine = Engine(a_started("monthly", "2027-01-01", max_occurrences=12))
    engine.advance(at("2027-02-15T00:00:00Z"))
    engine.schedule = pause(engine.schedule, at("2027-02-15T00:00:00Z"))
    engine.advance(at("2027-05-15T00:00:00Z"))
    engine.schedule, rest = resume(engine.schedule, ACCOUNT, at("2027-05-15T00:00:00Z"))
    assert rest == ()
    assert [(str(each.first), each.reason) for each in engine.skipped] == [
        ("2027-03-01", "paused"), ("2027-04-01", "paused"), ("2027-05-01", "paused"),
    ]  # fmt: skip
    engine.schedule, passed = skip(engine.schedule, ACCOUNT, at("2027-05-20T00:00:00Z"))
    assert [str(each.first) for each in passed] == ["2027-06-01"]
    engine.advance(at("2030-01-01T00:00:00Z"))
    assert len(engine.dates) == engine.schedule.invoices_generated == 12
    assert engine.dates[-1] == "2028-04-01"
    assert engine.schedule.status is RecurringStatus.COMPLETED


def test_what_was_due_before_the_pause_is_still_made() -> None:
    paused = pause(a_started("monthly", "2027-01-01"), at("2027-01-01T09:30:00Z"))
    engine = Engine(paused)
    engine.tick(at("2027-03-10T00:00:00Z"))
    assert engine.dates == ["2027-01-01"]
    assert [(str(each.first), str(each.last), each.count) for each in engine.skipped] == [
        ("2027-02-01", "2027-03-01", 2)
    ]


def test_resuming_without_a_tick_since_skips_what_fell_due() -> None:
    paused = pause(a_started("monthly", "2027-01-01"), at("2026-12-20T00:00:00Z"))
    resumed, passed = resume(paused, ACCOUNT, at("2027-03-10T00:00:00Z"))
    assert [(str(each.first), str(each.last), each.count) for each in passed] == [("2027-01-01", "2027-03-01", 3)]
    assert str(resumed.next_billing_date) == "2027-04-01"
    assert resumed.version == paused.version + 1


def test_a_date_that_waits_from_before_is_made_after_the_pause_and_those_in_it_are_not() -> None:
    schedule, _ = failed(a_started("monthly", "2027-01-01"), BAD, ACCOUNT, at("2027-01-01T09:00:00Z"))
    schedule = pause(schedule, at("2027-01-02T00:00:00Z"))
    schedule, passed = resume(schedule, ACCOUNT, at("2027-03-10T00:00:00Z"))
    assert passed == ()
    engine = Engine(schedule)
    engine.tick(at("2027-03-10T00:05:00Z"))
    engine.advance(at("2027-04-01T09:00:00Z"))
    assert engine.dates == ["2027-01-01", "2027-04-01"]
    assert [(str(each.first), each.count) for each in engine.skipped] == [("2027-02-01", 2)]
    assert engine.schedule.pauses == ()


def test_it_is_completed_when_its_last_date_falls_due_during_a_pause() -> None:
    paused = pause(a_started("monthly", "2027-01-01", end_date="2027-02-28"), at("2026-12-20T00:00:00Z"))
    resumed, _ = resume(paused, ACCOUNT, at("2027-02-01T09:00:00Z"))
    assert resumed.status is RecurringStatus.COMPLETED
    assert resumed.next_billing_date is None


def test_an_archived_customer_pauses_it_and_a_restored_one_does_not_resume_it() -> None:
    engine = Engine(a_started("monthly", "2027-01-01"))
    engine.advance(at("2027-02-10T00:00:00Z"))
    archived = a_customer().archived(at("2027-02-10T00:00:00Z"))
    engine.schedule = paused_with(engine.schedule, archived, at("2027-02-10T00:00:00Z"))
    assert (engine.schedule.version, engine.schedule.pause_reason) == (4, "customer_archived")
    engine.advance(at("2027-06-10T00:00:00Z"))
    assert engine.schedule.status is RecurringStatus.PAUSED
    engine.schedule, _ = resume(engine.schedule, ACCOUNT, at("2027-06-11T00:00:00Z"))
    engine.advance(at("2027-07-01T09:00:00Z"))
    assert engine.dates == ["2027-01-01", "2027-02-01", "2027-07-01"]
    assert {each.reason for each in engine.skipped} == {"customer_archived"}
    assert sum(each.count for each in engine.skipped) == 4


JANUARY, FEBRUARY, MARCH = (at(f"2027-{month:02}-10T00:00:00Z") for month in (1, 2, 3))


def test_what_archiving_comes_to_late_is_paused_since_then() -> None:
    """Also when the customer is back, or was archived again meanwhile; the versions tell them apart, not the times."""
    archived = a_customer(version=3).archived(JANUARY)
    restored = replace(archived, version=5, archived_at=None, restored_at=FEBRUARY)
    schedule = a_started("monthly", "2027-01-01", customer_version=3)
    for customer in (archived, restored, restored.archived(MARCH)):
        paused = paused_with(schedule, customer, MARCH)
        assert (paused.status, paused.paused_at, paused.updated_at) == ("paused", JANUARY, MARCH)
        assert paused_with(paused, customer, MARCH) is paused


def test_what_was_made_or_resumed_since_is_not_paused() -> None:
    restored = replace(a_customer(version=3).archived(JANUARY), version=5, archived_at=None)
    since = a_started("monthly", "2027-01-01", customer_version=5)
    assert paused_with(since, restored, MARCH) is since
    assert paused_with(since, restored.archived(JANUARY), MARCH).paused_at == JANUARY, "again, at the same instant"


def test_an_earlier_pause_stays_and_a_later_one_by_hand_began_with_the_archiving() -> None:
    archived, active = a_customer().archived(FEBRUARY), a_started("monthly", "2027-01-01")
    by_hand = pause(active, JANUARY)
    assert paused_with(by_hand, archived, MARCH) is by_hand
    late = paused_with(pause(active, MARCH), archived, MARCH)
    assert (late.paused_at, late.pause_reason) == (FEBRUARY, "customer_archived")


def test_archiving_leaves_what_has_ended() -> None:
    gone = cancel(a_started("monthly", "2027-01-01"), JANUARY)
    assert paused_with(gone, a_customer().archived(FEBRUARY), MARCH) is gone


def test_a_customer_remembers_its_latest_archivings() -> None:
    customer = a_customer()
    for number in range(MOST_ARCHIVINGS + 2):
        customer = customer.archived(JANUARY + timedelta(days=number))
    assert len(customer.archivings) == MOST_ARCHIVINGS
    assert customer.archivings[-1] == (customer.version, customer.archived_at)


def test_each_skip_passes_one_date() -> None:
    schedule = a_started("monthly", "2027-02-15")
    for expected in ("2027-03-15", "2027-04-15"):
        schedule, passed = skip(schedule, ACCOUNT, at("2027-01-10T00:00:00Z"))
        assert [each.reason for each in passed] == ["skipped"]
        assert str(schedule.next_billing_date) == expected


def test_skipping_the_last_one_completes_it() -> None:
    schedule = a_started("monthly", "2027-02-15", end_date="2027-03-14")
    done, _ = skip(schedule, ACCOUNT, at("2027-01-10T00:00:00Z"))
    assert done.status is RecurringStatus.COMPLETED


def test_cancelling_makes_nothing_any_more_and_can_be_repeated() -> None:
    now = at("2027-01-10T00:00:00Z")
    gone = cancel(a_started("monthly", "2027-01-01"), now)
    assert gone.status is RecurringStatus.CANCELLED
    assert cancel(gone, now) is gone
    engine = Engine(gone)
    engine.tick(at("2028-01-01T00:00:00Z"))
    assert (engine.made, engine.skipped) == ([], [])


@pytest.mark.parametrize("action", ["pause", "resume", "skip", "change"])
def test_what_has_ended_stays(action: str) -> None:
    now = at("2027-01-10T00:00:00Z")
    gone = cancel(a_started("monthly", "2027-01-01"), now)
    calls: dict[str, Callable[[], object]] = {
        "pause": lambda: pause(gone, now),
        "resume": lambda: resume(gone, ACCOUNT, now),
        "skip": lambda: skip(gone, ACCOUNT, now),
        "change": lambda: change(gone, {"day": 3}, ACCOUNT, now),
    }
    with pytest.raises(Conflict) as refused:
        calls[action]()
    assert (refused.value.code, refused.value.extra) == ("INVALID_RECURRING_STATE", {"status": "cancelled"})


def test_states_that_are_there_already_are_conflicts() -> None:
    now, active = at("2027-01-10T00:00:00Z"), a_started("monthly", "2027-01-01")
    with pytest.raises(Conflict):
        resume(active, ACCOUNT, now)
    with pytest.raises(Conflict):
        pause(pause(active, now), now)


def test_later_dates_wait_behind_a_failed_one_and_come_in_order() -> None:
    now = at("2027-01-01T09:00:00Z")
    schedule, is_new = failed(a_started("monthly", "2027-01-01", catch_up="none"), BAD, ACCOUNT, now)
    assert is_new
    assert due_work_of(schedule) == DueWork(now + pause_after(1), Work.OCCURRENCE)
    assert next_occurrence(schedule, ACCOUNT, now) is None
    told = []
    while now < at("2027-03-10T00:00:00Z"):
        now = schedule.next_at or now
        found = next_occurrence(schedule, ACCOUNT, now)
        assert isinstance(found, Occurrence)
        assert str(found.occurrence_date) == "2027-01-01"
        schedule, is_new = failed(schedule, BAD, ACCOUNT, now)
        told.append(is_new)
    assert not any(told)
    assert schedule.last_error
    assert schedule.last_error.code == "PLACEHOLDER_UNKNOWN"
    engine = Engine(schedule)
    engine.advance(at("2027-04-01T09:00:00Z"))
    assert engine.dates == ["2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01"]
    assert engine.schedule.last_error is None
    assert engine.schedule.attempts == 0


def test_another_reason_is_told_once() -> None:
    schedule, now = a_started("monthly", "2027-01-01"), at("2027-01-01T09:00:00Z")
    other = InvoicingError("NUMBER_TAKEN", "no number")
    told = []
    for error in (BAD, other, BAD, other):
        schedule, is_new = failed(schedule, error, ACCOUNT, now)
        told.append(is_new)
    assert told == [True, True, False, False]
    schedule, _ = skip(schedule, ACCOUNT, now)
    schedule, is_new = failed(schedule, BAD, ACCOUNT, at("2027-02-01T09:00:00Z"))
    assert is_new


def test_skip_passes_a_failed_one_and_the_next_is_not_missed() -> None:
    now = at("2027-01-01T09:00:00Z")
    schedule, _ = failed(a_started("monthly", "2027-01-01", catch_up="none"), BAD, ACCOUNT, now)
    schedule, _ = skip(schedule, ACCOUNT, at("2027-02-03T00:00:00Z"))
    engine = Engine(schedule)
    engine.tick(at("2027-02-03T00:05:00Z"))
    assert engine.dates == ["2027-02-01"]


def test_a_date_makes_one_invoice_however_often_it_is_looked_at() -> None:
    schedule, now = a_started("monthly", "2027-01-01"), at("2027-01-01T09:00:00Z")
    found = [next_occurrence(schedule, ACCOUNT, now + timedelta(hours=hours)) for hours in range(24)]
    ids = {each.invoice_id for each in found if isinstance(each, Occurrence)}
    assert len(ids) == 1
    (first,) = {each for each in found[:1] if isinstance(each, Occurrence)}
    after = made(schedule, first, ACCOUNT, now)
    assert next_occurrence(after, ACCOUNT, now) is None
    assert after.last_invoice_id in ids


def test_a_change_of_the_time_zone_moves_what_is_to_come_and_repeats_nothing() -> None:
    engine = Engine(a_started("daily", "2027-01-01", by=an_account(time_zone="Asia/Tokyo")))
    engine.account = an_account(time_zone="Asia/Tokyo")
    engine.advance(datetime(2027, 1, 5, 12, tzinfo=UTC))
    engine.account = an_account(time_zone="America/Los_Angeles")
    early = settled(engine.schedule, engine.account)
    assert early.next_at == at("2027-01-06T17:00:00Z")
    assert next_occurrence(engine.schedule, engine.account, at("2027-01-06T00:00:00Z")) is None
    engine.advance(datetime(2027, 1, 8, 18, tzinfo=UTC))
    assert engine.dates == [f"2027-01-0{number}" for number in range(1, 9)]
