"""Webhook-events queue: the function."""

from datetime import datetime

import pytest

from invoicing.domain.events.event import Event
from invoicing.domain.webhooks.delivery import WebhookDelivery, delivery_of
from invoicing.operations.reactions import order_webhooks
from tests.aws import Aws
from tests.functions.webhooks.asking import Line, create, on
from tests.functions.webhooks.conftest import line as line  # noqa: PLC0414 - a fixture
from tests.http import a_key, load_handler
from tests.messages import messages_of


def test_a_poisonous_event_comes_again_alone_and_holds_up_no_other_of_its_account(
    key: str, aws: Aws, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After five times it is a dead letter, which an alarm tells of (tests/structure/test_monitoring.py)."""
    webhook = create(key).data["id"]
    for _ in range(3):
        on(key, "POST", "send_webhook_test", webhook, more="/test")
    records = messages_of(aws)
    poison = records[1]["messageId"]

    def poisonous(event: Event, webhook_id: str, now: datetime) -> WebhookDelivery:
        if event.id == poison:
            raise ValueError("poison")
        return delivery_of(event, webhook_id, now)

    monkeypatch.setattr(order_webhooks, "delivery_of", poisonous)
    for _ in range(5):
        answer = load_handler("reactions/order_webhooks")({"Records": records}, None)
        assert answer["batchItemFailures"] == [{"itemIdentifier": poison}]
        records = [each for each in records if each["messageId"] == poison]
    line.deliver()
    assert [post.headers["webhook-id"] for post in line.sender.posts] == sorted(
        each["messageId"] for each in messages_of(aws) if each["messageId"] != poison
    )


def test_events_of_several_accounts_and_one_that_cannot_be_read(key: str, aws: Aws, line: Line) -> None:
    for each in (key, a_key()):
        webhook = create(each).data["id"]
        on(each, "POST", "send_webhook_test", webhook, more="/test")
    poison = {"messageId": "poison", "eventSource": "aws:sqs", "body": "{}"}
    records = [*messages_of(aws), poison, *messages_of(aws)]
    answer = load_handler("reactions/order_webhooks")({"Records": records}, None)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "poison"}]
    line.deliver()
    assert len(line.sender.posts) == 2
