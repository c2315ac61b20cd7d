"""POST /webhooks/{webhook_id}/deliveries/{delivery_id}/retry."""

from tests.functions.webhooks.asking import Line, create, deliveries, on
from tests.http import Response


def retry(key: str, webhook: str, delivery: str) -> Response:
    more = f"/deliveries/{delivery}/retry"
    return on(key, "POST", "retry_webhook_delivery", webhook, more=more, delivery_id=delivery)


def test_what_was_taken_is_sent_again(key: str, line: Line) -> None:
    webhook = create(key).data["id"]
    on(key, "POST", "send_webhook_test", webhook, more="/test")
    line.publish()
    line.deliver()
    (first,) = deliveries(key, webhook).data
    again = retry(key, webhook, first["id"])
    assert (again.status, again.data["event_id"], again.data["status"]) == (202, first["event_id"], "pending")
    assert again.data["id"] != first["id"]
    assert line.deliver() == 1
    assert [each["status"] for each in deliveries(key, webhook).data] == ["succeeded"] * 2
    assert line.sender.posts[0].body == line.sender.posts[1].body
    assert retry(key, webhook, "dlv_9").error["code"] == "WEBHOOK_DELIVERY_NOT_FOUND"
