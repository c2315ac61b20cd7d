import pytest

from tests.functions.test_clock.clock_requests import LEAP_DAY, ask, freeze, shown
from tests.http import a_key

NOTHING_DONE = {"overdue": 0, "occurrences": 0, "scheduled_sends": 0, "late_fees": 0, "reminders": 0}


def test_a_clock_shows_its_time_and_that_nothing_was_done(key: str) -> None:
    freeze(key)
    answer = ask(key, "test_clock/get_test_clock")
    assert answer.data == {
        "now": LEAP_DAY,
        "status": "ready",
        "target": None,
        "done": NOTHING_DONE,
        "last_error": None,
    }
    assert answer.json["links"]["self"].endswith("/v1/invoicing/test-clock")


def test_without_a_clock_there_is_none(key: str) -> None:
    assert shown(key) == "TEST_CLOCK_NOT_FOUND"


@pytest.mark.parametrize("verb", ["get", "set", "delete"])
def test_live_mode_has_no_clock(key: str, verb: str) -> None:
    freeze(key)
    answer = ask(a_key("live"), f"test_clock/{verb}_test_clock", {"now": LEAP_DAY} if verb == "set" else None)
    assert (answer.status, answer.error["code"]) == (403, "TEST_MODE_REQUIRED")
