"""The simulation finds bugs that are planted, each by the invariant that it violates."""

import pytest

from tests.simulation import plants, schedule_plants, transaction_plants
from tests.simulation.plants import Plant
from tests.simulation.run import run_seed
from tests.simulation.simulation import Violated

FOUND_BY = {
    transaction_plants.event_outside_the_transaction: {"events.sequences_have_no_gap"},
    transaction_plants.idempotency_record_outside_the_transaction: {"requests.a_key_has_one_effect"},
    transaction_plants.posting_noted_after_the_totals: {"reports.totals_are_the_truth"},
    plants.counting_what_comes_late: {"counters.counters_are_the_truth"},
    plants.email_before_its_mark: {
        "emails.no_email_is_sent_twice",
        "emails.every_delivery_ends",
        "reminders.a_reminder_asks_for_what_is_owed",
    },
    plants.sending_again_after_a_crash: {"emails.no_email_is_sent_twice"},
    plants.the_last_report_wins: {"emails.every_delivery_is_what_was_reported"},
    plants.each_report_announced: {
        "emails.a_state_never_goes_down",
        "emails.each_state_is_announced_once",
        "emails.every_delivery_is_what_was_reported",
    },
    plants.overdue_at_each_tick: {"overdue.an_invoice_is_overdue_once_at_a_time"},
    plants.overdue_in_utc: {"overdue.it_is_overdue_from_the_end_of_its_due_date"},
    plants.cursor_ahead_of_what_settles: {"followers.a_follower_misses_nothing"},
    plants.time_zone_changed_for_new_invoices_only: {"accounts.everything_waits_in_the_time_zone_of_its_account"},
    plants.scheduled_again_after_sending: {
        "scheduled_sends.ticks_send_what_is_scheduled",
        "events.the_last_event_tells_the_state",
        "requests.a_key_has_one_effect",
    },
    plants.ticks_that_know_no_clocks: {
        "test_clocks.ticks_leave_an_account_with_a_clock_alone",
        "reminders.every_step_has_an_outcome",
    },
    plants.mails_from_pretended_time: {"emails.pretended_time_mails_nobody"},
    plants.a_step_gathered_again: {
        "reminders.a_step_is_told_once",
        "reminders.a_step_is_in_one_email",
        "reminders.a_step_says_what_became_of_its_email",
        "emails.every_delivery_ends",
    },
    plants.reminders_whenever_a_step_comes: {"reminders.a_customer_is_reminded_once_a_day"},
    plants.a_reminder_as_it_was_made: {"reminders.a_reminder_asks_for_what_is_owed"},
    plants.muted_without_effect: {"reminders.nobody_is_reminded_who_must_not_be"},
    plants.a_step_that_is_forgotten: {"reminders.every_step_has_an_outcome"},
    schedule_plants.a_schedule_that_moves_on_later: {"recurring.as_many_invoices_as_it_says"},
    schedule_plants.dates_lost_while_catching_up: {"recurring.each_date_has_one_invoice_or_a_reason"},
    schedule_plants.a_pause_without_effect: {"recurring.each_date_has_one_invoice_or_a_reason"},
    schedule_plants.an_archiving_that_is_forgotten: {
        "recurring.nothing_is_made_once_its_customer_is_archived",
        "recurring.schedules_of_an_archived_customer_stay_paused",
    },
    schedule_plants.everything_is_made_up_for: {"recurring.each_date_has_one_invoice_or_a_reason"},
    schedule_plants.schedules_that_stay_in_the_old_time_zone: {
        "accounts.everything_waits_in_the_time_zone_of_its_account"
    },
    plants.an_advance_that_forgets_what_it_wrote: {"test_clocks.what_was_due_is_done_when_the_clock_is_ready"},
    plants.a_delivery_that_is_queued_when_it_is_made_only: {"webhooks.nothing_is_left_to_deliver"},
    plants.an_attempt_done_before_the_next_is_queued: {"webhooks.nothing_is_left_to_deliver"},
}
MOST_SEEDS = 200
PROVOKED_BY = {
    plants.a_delivery_that_is_queued_when_it_is_made_only: ("customers", "webhooks"),
    plants.an_attempt_done_before_the_next_is_queued: ("customers", "webhooks"),
    plants.an_advance_that_forgets_what_it_wrote: ("recurring", "scheduled_sends", "test_clocks"),
    plants.cursor_ahead_of_what_settles: ("customers", "events"),
    plants.sending_again_after_a_crash: ("invoices",),
    plants.ticks_that_know_no_clocks: ("recurring", "scheduled_sends", "test_clocks"),
    plants.a_reminder_as_it_was_made: ("reminders",),
    plants.muted_without_effect: ("reminders",),
    plants.time_zone_changed_for_new_invoices_only: ("account", "invoices", "scheduled_sends"),
    schedule_plants.a_schedule_that_moves_on_later: ("recurring",),
    schedule_plants.dates_lost_while_catching_up: ("recurring",),
    schedule_plants.a_pause_without_effect: ("recurring",),
    schedule_plants.an_archiving_that_is_forgotten: ("recurring",),
    schedule_plants.everything_is_made_up_for: ("recurring",),
    schedule_plants.schedules_that_stay_in_the_old_time_zone: ("account", "recurring"),
}
"""Workloads in which what is rare among all of them is not."""


def first_violation(plant: Plant) -> Violated | None:
    with plant():
        for seed in range(1, 1 + MOST_SEEDS):
            try:
                run_seed(seed, *PROVOKED_BY.get(plant, ()))
            except Violated as violated:
                return violated
    return None


@pytest.mark.nightly
@pytest.mark.parametrize("plant", FOUND_BY)
def test_a_planted_bug_is_found(plant: Plant) -> None:
    found = first_violation(plant)
    assert found is not None
    assert found.invariant in FOUND_BY[plant], found


@pytest.mark.slow
def test_writes_without_conditions_are_found() -> None:
    """They break so much that any invariant may tell it first."""
    assert first_violation(transaction_plants.last_writer_wins)
