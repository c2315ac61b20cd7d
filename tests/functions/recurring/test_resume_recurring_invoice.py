from typing import Any

from tests.functions.recurring.asking import act


def test_it_goes_on_with_its_next_date(key: str, schedule: Any) -> None:
    act(key, schedule["id"], "pause")
    answer = act(key, schedule["id"], "resume")
    assert answer.status == 200
    same = ("status", "next_billing_date", "pause_reason", "paused_at")
    assert [answer.data[name] for name in same] == ["active", "2100-01-31", None, None]


def test_one_that_is_active_cannot_be_resumed(key: str, schedule: Any) -> None:
    assert act(key, schedule["id"], "resume").error["code"] == "INVALID_RECURRING_STATE"
