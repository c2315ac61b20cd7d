from typing import Any

from tests.aws import Aws
from tests.functions.recurring.asking import act, get


def test_it_is_paused_and_can_be_resumed(key: str, schedule: Any) -> None:
    answer = act(key, schedule["id"], "pause")
    assert answer.status == 200
    assert (answer.data["status"], answer.data["pause_reason"]) == ("paused", "paused")
    links = answer.json["links"]
    assert (links["pause"], bool(links["resume"])) == (None, True)
    assert get(key, schedule["id"]).data == answer.data


def test_the_same_key_again_replays_and_another_one_is_refused(key: str, schedule: Any, aws: Aws) -> None:
    first, again = (act(key, schedule["id"], "pause", **{"Idempotency-Key": "k"}) for _ in range(2))
    assert again.body == first.body
    refused = act(key, schedule["id"], "pause")
    assert (refused.status, refused.error["code"], refused.error["status"]) == (
        409,
        "INVALID_RECURRING_STATE",
        "paused",
    )
    assert sum(event["type"]["S"] == "recurring_invoice.paused" for event in aws.items("events")) == 1


def test_an_outdated_etag_is_refused(key: str, schedule: Any) -> None:
    assert [act(key, schedule["id"], "pause", **{"If-Match": tag}).status for tag in ('"v9"', '"v1"')] == [412, 200]
