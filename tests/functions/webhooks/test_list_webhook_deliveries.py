"""GET /webhooks/{webhook_id}/deliveries."""

from typing import Any

from tests.fake_webhooks import BROKEN
from tests.functions.webhooks.asking import Line, create, deliveries, on
from tests.http import call, request


def test_each_has_its_attempts_and_what_the_endpoint_answered(key: str, line: Line, customer: Any) -> None:
    webhook = create(key).data["id"]
    line.sender.answers = lambda _: BROKEN
    customers_event(key)
    assert line.publish() == []
    assert line.deliver() >= 1
    (delivery,) = deliveries(key, webhook).data
    (attempt,) = delivery["attempts"]
    assert (delivery["status"], delivery["event"]) == ("pending", "customer.created")
    assert (attempt["status_code"], attempt["error"], attempt["response"]) == (500, "status", "broken")
    assert attempt["at"] < delivery["next_attempt_at"]
    assert deliveries(key, webhook, "?status=skipped").data == []
    assert deliveries(key, webhook, f"?event_id={delivery['event_id']}&status=pending").data == [delivery]


def customers_event(key: str) -> None:
    body = {"id": "cust_9", "name": "Grace Hopper", "email": "grace@example.com"}
    assert call("customers/create_customer", request("POST", "/customers", body, key=key)).status == 201


def test_the_newest_first_in_pages(key: str, line: Line) -> None:
    webhook = create(key).data["id"]
    for _ in range(3):
        on(key, "POST", "send_webhook_test", webhook, more="/test")
    line.publish()
    line.deliver()
    first = deliveries(key, webhook, "?per_page=2")
    assert first.json["meta"]["pagination"]["total"] == 3
    rest = deliveries(key, webhook, "?per_page=2&page=2")
    events = [each["event_id"] for each in (*first.data, *rest.data)]
    assert events == sorted(events, reverse=True)
    assert deliveries(key, "webhook_9").status == 404
