from typing import Any

from tests.functions.recurring.asking import act, get, preview


def test_the_next_date_is_passed(key: str, schedule: Any) -> None:
    answer = act(key, schedule["id"], "skip")
    assert (answer.status, answer.data["next_billing_date"]) == (200, "2100-02-28")
    assert preview(key, schedule["id"], "count=1").data[0]["occurrence_date"] == "2100-02-28"


def test_a_request_that_is_sent_again_skips_no_second_date(key: str, schedule: Any) -> None:
    for _ in range(3):
        act(key, schedule["id"], "skip", **{"Idempotency-Key": "k"})
    assert get(key, schedule["id"]).data["next_billing_date"] == "2100-02-28"
