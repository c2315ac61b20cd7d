"""POST /webhooks/{webhook_id}/test."""

import time

from invoicing import exact_json
from tests.functions.webhooks.asking import Line, create, deliveries, on
from tests.http import call, request


def test_only_this_webhook_gets_it_whatever_its_patterns(key: str, line: Line) -> None:
    webhook, other = create(key, "invoice.paid").data["id"], create(key, "*").data["id"]
    assert on(key, "POST", "send_webhook_test", webhook, more="/test").status == 202
    assert line.publish() == []
    assert line.deliver() == 1
    (post,) = line.sender.posts
    body = exact_json.loads(post.body)
    assert (body["event"], body["data"]["id"], body["meta"]["mode"]) == ("webhook.test", webhook, "test")
    (delivery,) = deliveries(key, webhook).data
    assert (delivery["status"], delivery["event"]) == ("succeeded", "webhook.test")
    assert deliveries(key, other).data == []


def test_a_disabled_one_is_not_tested(key: str) -> None:
    webhook = create(key).data["id"]
    on(key, "PATCH", "update_webhook", webhook, {"status": "disabled"})
    refused = on(key, "POST", "send_webhook_test", webhook, more="/test")
    assert (refused.status, refused.error["code"]) == (409, "WEBHOOK_DISABLED")


def test_a_test_clock_gives_the_time_of_the_event_and_not_of_the_attempt(key: str, line: Line) -> None:
    """Else every receiver would refuse it as too old."""
    webhook = create(key).data["id"]
    frozen = request("PUT", "/test-clock", {"now": "2028-02-29T08:00:00Z"}, key=key)
    assert call("test_clock/set_test_clock", frozen).status == 201
    assert on(key, "POST", "send_webhook_test", webhook, more="/test").status == 202
    line.publish()
    line.deliver()
    post = line.sender.posts[-1]
    assert exact_json.loads(post.body)["meta"]["timestamp"].startswith("2028-02-29T08:00:00")
    assert abs(int(post.headers["webhook-timestamp"]) - time.time()) < 60
    assert deliveries(key, webhook).data[0]["created_at"] < "2028"
