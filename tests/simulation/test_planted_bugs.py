"""The simulation finds bugs that are planted, each by the invariant that it violates."""

import pytest

from tests.simulation import plants
from tests.simulation.plants import Plant
from tests.simulation.run import run_seed
from tests.simulation.simulation import Violated

FOUND_BY = {
    plants.event_outside_the_transaction: {"events.sequences_have_no_gap"},
    plants.idempotency_record_outside_the_transaction: {"requests.a_key_has_one_effect"},
    plants.counting_what_comes_late: {"counters.counters_are_the_truth"},
    plants.email_before_its_mark: {"emails.no_email_is_sent_twice"},
    plants.sending_again_after_a_crash: {"emails.no_email_is_sent_twice"},
    plants.overdue_at_each_tick: {"overdue.an_invoice_is_overdue_once_at_a_time"},
    plants.overdue_in_utc: {"overdue.it_is_overdue_from_the_end_of_its_due_date"},
}
MOST_SEEDS = 200


def first_violation(plant: Plant) -> Violated | None:
    with plant():
        for seed in range(1, 1 + MOST_SEEDS):
            try:
                run_seed(seed)
            except Violated as violated:
                return violated
    return None


@pytest.mark.slow
@pytest.mark.parametrize("plant", FOUND_BY)
def test_a_planted_bug_is_found(plant: Plant) -> None:
    found = first_violation(plant)
    assert found is not None
    assert found.invariant in FOUND_BY[plant], found


@pytest.mark.slow
def test_writes_without_conditions_are_found() -> None:
    """They break so much that any invariant may tell it first."""
    assert first_violation(plants.last_writer_wins)
