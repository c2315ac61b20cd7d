from typing import Any

from tests.functions.recurring.asking import act, cancel, get


def test_it_answers_with_what_was_cancelled(key: str, schedule: Any) -> None:
    answer = cancel(key, schedule["id"])
    assert (answer.status, answer.data["status"], answer.data["next_billing_date"]) == (200, "cancelled", None)
    links = answer.json["links"]
    assert [links[name] for name in ("update", "pause", "resume", "skip", "cancel")] == [None] * 5
    assert cancel(key, schedule["id"]).data == get(key, schedule["id"]).data == answer.data


def test_nothing_else_can_be_done_with_it(key: str, schedule: Any) -> None:
    cancel(key, schedule["id"])
    codes = {act(key, schedule["id"], verb).error["code"] for verb in ("pause", "resume", "skip")}
    assert codes == {"INVALID_RECURRING_STATE"}
