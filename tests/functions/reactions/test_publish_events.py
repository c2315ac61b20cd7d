import json
from typing import Any

import pytest

from invoicing.messaging.bus import EventsNotTaken
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.http import load_handler


@pytest.fixture
def queue(aws: Aws) -> str:
    """Gets everything that is published on the bus."""
    sqs, events, bus = aws.client("sqs"), aws.client("events"), aws.environment["EVENT_BUS"]
    url: str = sqs.create_queue(QueueName="all")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="all", EventBusName=bus, EventPattern='{"source": ["invoicing"]}')
    events.put_targets(Rule="all", EventBusName=bus, Targets=[{"Id": "all", "Arn": arn}])
    return url


def published(aws: Aws, queue: str) -> list[str]:
    bodies = []
    while messages := aws.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            bodies.append(message["Body"])
            aws.client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return bodies


def stream(items: list[Any], name: str = "INSERT") -> dict[str, Any]:
    return {"Records": [{"eventName": name, "dynamodb": {"NewImage": item}} for item in items]}


def test_stored_events_are_published_in_order_with_exact_amounts(aws: Aws, queue: str, sent: Any) -> None:
    items = sorted(aws.items("events"), key=lambda item: item["sk"]["S"])
    load_handler("reactions/publish_events")(stream(items), None)
    bodies = published(aws, queue)
    assert [json.loads(body)["detail-type"] for body in bodies] == [
        "customer.created",
        "invoice.created",
        "invoice.sent",
    ]
    detail = json.loads(bodies[2])["detail"]
    assert detail["event_id"] == items[2]["sk"]["S"]
    assert detail["resource_id"] == sent["id"]
    assert detail["data"]["email_requested"] is True
    assert detail["data"]["total"] == 1500


def test_what_expires_is_no_news(aws: Aws, queue: str, sent: Any) -> None:
    load_handler("reactions/publish_events")(stream(aws.items("events"), "REMOVE"), None)
    assert published(aws, queue) == []


def test_more_than_one_request_takes_are_all_published(aws: Aws, queue: str, sent: Any) -> None:
    load_handler("reactions/publish_events")(stream(aws.items("events") * 9), None)
    assert len(published(aws, queue)) == 27


def test_a_refused_event_fails_the_batch_so_that_the_stream_gives_it_again(
    aws: Aws, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = {"FailedEntryCount": 1, "Entries": [{"EventId": "1"}, {"ErrorCode": "ThrottlingException"}]}
    monkeypatch.setattr(wiring().bus._client, "put_events", lambda **_: refusal)
    with pytest.raises(EventsNotTaken, match="ThrottlingException"):
        load_handler("reactions/publish_events")(stream(aws.items("events")), None)
