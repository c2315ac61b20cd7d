"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.webhooks.schedule import DELAYS, LONGEST_ASKED, MOST_ATTEMPTS, MOST_JITTER, next_attempt_at

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_nine_attempts_in_about_four_days_and_seven_hours() -> None:
    at = NOW
    for failed in range(1, MOST_ATTEMPTS):
        following = next_attempt_at(failed, at, 0, None)
        assert following is not None
        at = following
    assert at - NOW == timedelta(days=4, hours=7, minutes=5, seconds=36)
    assert next_attempt_at(MOST_ATTEMPTS, at, 0, None) is None
    assert next_attempt_at(MOST_ATTEMPTS, at, 0, timedelta(hours=1)) is None


@pytest.mark.parametrize("failed", range(1, MOST_ATTEMPTS))
def test_a_pause_is_up_to_a_tenth_longer(failed: int) -> None:
    assert next_attempt_at(failed, NOW, 0, None) == NOW + DELAYS[failed - 1]
    assert next_attempt_at(failed, NOW, MOST_JITTER, None) == NOW + DELAYS[failed - 1] * 1.1


def test_an_endpoint_can_ask_for_longer_and_not_for_shorter_pauses() -> None:
    assert next_attempt_at(1, NOW, 0, timedelta(seconds=120)) == NOW + timedelta(seconds=120)
    assert next_attempt_at(5, NOW, 0, timedelta(seconds=120)) == NOW + timedelta(hours=1)
    assert next_attempt_at(1, NOW, 0, timedelta(days=400)) == NOW + LONGEST_ASKED
