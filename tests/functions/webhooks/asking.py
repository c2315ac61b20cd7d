"""Requests about webhooks, and the way of events to their endpoints."""

from collections.abc import Mapping
from typing import Any

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.fake_webhooks import FakeSender
from tests.http import Response, call, load_handler, request
from tests.messages import messages_of

URL = "https://hooks.example.com/invoicing"


def create(key: str, *events: str, headers: Any = None, **fields: Any) -> Response:
    body = {"url": URL, "events": list(events) or ["*"]} | fields
    return call("webhooks/create_webhook", request("POST", "/webhooks", body, key=key, headers=headers))


def on(
    key: str,
    method: str,
    file: str,
    webhook: str,
    body: Any = None,
    *,
    more: str = "",
    headers: Mapping[str, str] | None = None,
    **parameters: str,
) -> Response:
    path = f"/webhooks/{webhook}{more}"
    event = request(method, path, body, key=key, headers=headers, parameters={"webhook_id": webhook, **parameters})
    return call(f"webhooks/{file}", event)


def get(key: str, webhook: str) -> Response:
    return on(key, "GET", "get_webhook", webhook)


def deliveries(key: str, webhook: str, query: str = "") -> Response:
    return on(key, "GET", "list_webhook_deliveries", webhook, more=f"/deliveries{query}")


class Line:
    """The queue of deliveries on moto, and endpoints."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.url = aws.environment["WEBHOOKS_QUEUE"]
        aws.client("sqs").create_queue(QueueName=self.url.rpartition("/")[2])
        self.sender = FakeSender(wiring().now)
        wiring().__dict__["outbound"] = type(wiring().outbound)(self.sender, wiring().secret_box)
        self.delays: list[str] = []

    def publish(self) -> list[str]:
        """All events of the outbox; return the messages that shall come again."""
        answer = load_handler("reactions/order_webhooks")({"Records": messages_of(self._aws)}, None)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def deliver(self) -> int:
        """All that is in the queue and is not delayed."""
        client, count = self._aws.client("sqs"), 0
        while messages := client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                record = {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}
                answer = load_handler("reactions/deliver_webhook")({"Records": [record]}, None)
                assert answer["batchItemFailures"] == []
                client.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
                count += 1
        return count
