"""The queue of deliveries."""

from datetime import UTC, datetime
from typing import Any

import pytest

from invoicing.messaging.webhook_queue import OrdersNotTaken, SqsWebhookQueue
from invoicing.operations.webhooks._ports import WebhookOrder
from tests.aws import kept_session

ORDER = WebhookOrder(account="acc_1", webhook_id="webhook_1", id="dlv_1", at=datetime(2026, 11, 22, tzinfo=UTC))


class Sqs:
    """Takes what it is sent but the first of each request, if it refuses."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.sent: list[dict[str, Any]] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        self.sent += Entries
        return {"Failed": [{"Id": "0", "Code": "InternalError"}]} if self.refuses else {}


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> SqsWebhookQueue:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    return SqsWebhookQueue(kept_session(), "https://sqs.example/webhooks")


def test_ten_orders_in_a_request_in_groups_of_their_endpoint(queue: SqsWebhookQueue) -> None:
    queue._client = sqs = Sqs()
    queue.send([ORDER] * 25, 0.2)
    assert [entry["Id"] for entry in sqs.sent] == [*"0123456789", *"0123456789", *"01234"]
    assert {(entry["MessageGroupId"], entry["DelaySeconds"]) for entry in sqs.sent} == {("webhook_1", 1)}
    queue.send([ORDER], 5_000)
    assert sqs.sent[-1]["DelaySeconds"] == 900, "the most that SQS takes"


def test_what_is_refused_is_told_unless_it_was_only_offered(queue: SqsWebhookQueue) -> None:
    queue._client = Sqs(refuses=True)
    with pytest.raises(OrdersNotTaken, match="1 of 2: InternalError"):
        queue.send([ORDER] * 2)
    queue.offer([ORDER])
