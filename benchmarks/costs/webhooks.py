"""What is measured of webhooks (`benchmarks.cost`), without what KMS is asked once for each process and secret."""

from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import READ, WRITE, WRITE_ONE
from benchmarks.requests import message_about
from invoicing.wiring import now, wiring
from tests.fake_webhooks import BROKEN, OK, FakeSender
from tests.http import a_key

if TYPE_CHECKING:
    from benchmarks.cost import Client

ORDER, NONE = "order_webhooks, an event for 1 webhook", "order_webhooks, 10 events without webhooks"
TAKEN, FAILED = "deliver_webhook, taken", "deliver_webhook, failed"
REQUESTS = {
    "create_webhook": WRITE_ONE,
    "get_webhook": READ,
    "list_webhooks, of 1": [*READ, "BatchGetItem"],
    "update_webhook": WRITE,
    "rotate_webhook_secret": WRITE_ONE,
    "send_webhook_test": WRITE_ONE,
    NONE: ["GetItem"],
    ORDER: ["GetItem", "TransactWriteItems", "SendMessageBatch"],
    TAKEN: ["BatchGetItem", "TransactWriteItems", "BatchGetItem", "TransactWriteItems"],
    FAILED: ["BatchGetItem", "TransactWriteItems", "BatchGetItem", "TransactWriteItems", "SendMessageBatch"],
    "list_webhook_deliveries, of 2": [*READ, "Query", "BatchGetItem"],
    "retry_webhook_delivery": [*WRITE, "SendMessageBatch"],
    "replay_webhook, of nothing": [*READ, "Query", "TransactWriteItems"],
    "delete_webhook": WRITE,
}


def measure(client: "Client") -> None:
    """Measure a webhook, an event that it takes and one that it does not, and events of those without one."""
    client.react(NONE, "reactions/order_webhooks", message_about(*client.events("invoice.created")[:10]))
    before, client.key = client.key, a_key(email="ap@webhooks.example")
    client.ask("get_account")  # the first request of an hour costs one more
    new = {"url": "https://hooks.example.com/", "events": ["invoice.*", "customer.*"]}
    webhook = client.call("create_webhook", new, status=201).data["id"]
    client.call("get_webhook", webhook_id=webhook)
    client.call("list_webhooks, of 1")
    client.call("update_webhook", {"events": ["*"]}, webhook_id=webhook)
    client.call("rotate_webhook_secret", {}, webhook_id=webhook, status=201)
    client.call("send_webhook_test", webhook_id=webhook, status=202)
    client.ask("create_customer", {"name": "Ada"})
    for name, kind, answer in ((TAKEN, "webhook.test", OK), (FAILED, "customer.created", BROKEN)):
        sender = FakeSender(now, lambda _, answer=answer: answer)  # type: ignore[misc]
        wiring().__dict__["outbound"] = type(wiring().outbound)(sender, wiring().secret_box)
        _deliver(client, name, message_about(client.events(kind)[-1]))
    deliveries = client.call("list_webhook_deliveries, of 2", webhook_id=webhook).data
    client.call("retry_webhook_delivery", webhook_id=webhook, delivery_id=deliveries[0]["id"], status=202)
    period = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
    client.call("replay_webhook, of nothing", period, webhook_id=webhook, status=202)
    client.call("delete_webhook", webhook_id=webhook, status=204)
    client.key = before


def _deliver(client: "Client", name: str, event: dict[str, Any]) -> None:
    if name == TAKEN:
        client.react(ORDER, "reactions/order_webhooks", event)
    else:
        client.react("order_webhooks", "reactions/order_webhooks", event)
        del client.meter.costs[-1]
    client.react(name, "reactions/deliver_webhook", {"Records": [client.received("WEBHOOKS_QUEUE")]})
