import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import Unavailable
from invoicing.storage.store import DynamoStore
from tests.aws import Aws
from tests.functions.due_work import queued, received
from tests.http import call, load_handler, request
from tests.template import read_template


@pytest.fixture
def messages(aws: Aws, queue: None, sent: Any) -> list[dict[str, Any]]:
    """What a tick queues of an invoice that is past its due date, as Lambda gets it."""
    load_handler("schedules/start_due_work")({}, None)
    return [
        {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}
        for message in received(aws)
    ]


def run(messages: Sequence[dict[str, Any]]) -> list[str]:
    """Ids of the messages that shall come again."""
    answer = load_handler("reactions/run_due_work")({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def status(key: str, invoice: Any) -> str:
    event = request("GET", f"/invoices/{invoice['id']}", key=key, parameters={"invoice_id": invoice["id"]})
    return str(call("invoices/get_invoice", event).data["status"])


def overdue_events(aws: Aws) -> list[dict[str, Any]]:
    return [item for item in aws.items("events") if item["type"]["S"] == "invoice.overdue"]


def test_an_invoice_becomes_overdue_once_however_often_it_is_queued(
    aws: Aws, key: str, sent: Any, messages: list[dict[str, Any]]
) -> None:
    assert status(key, sent) == "sent"
    assert len(messages) == 1
    for batch in (messages, messages * 3):
        assert run(batch) == []
        assert status(key, sent) == "overdue"
    (event,) = overdue_events(aws)
    assert json.loads(event["actor"]["S"]) == {"type": "schedule", "id": "run_due_work"}
    load_handler("schedules/start_due_work")({}, None)
    assert [message["id"] for message in queued(aws)] == [sent["id"]], "only the message of the first tick is there"


def test_what_failed_comes_again(
    aws: Aws, key: str, sent: Any, messages: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: Any) -> None:
        raise Unavailable("SERVICE_UNAVAILABLE", "Not now.")

    with monkeypatch.context() as patched:
        patched.setattr(DynamoStore, "commit", unavailable)
        assert run(messages) == [messages[0]["messageId"]]
    assert overdue_events(aws) == []
    assert run(messages) == []
    assert status(key, sent) == "overdue"


def test_a_message_that_says_nothing_fails_alone(aws: Aws, messages: list[dict[str, Any]]) -> None:
    nonsense = {"messageId": "m-0", "eventSource": "aws:sqs", "body": '{"account": "acc_1"}'}
    assert run([nonsense, *messages]) == ["m-0"]
    assert len(overdue_events(aws)) == 1


def test_no_message_is_handed_out_again_while_it_is_at_work() -> None:
    resources = read_template().content["Resources"]
    limit = timedelta(seconds=resources["RunDueWorkFunction"]["Properties"]["Timeout"])
    assert timedelta(seconds=resources["DueWorkQueue"]["Properties"]["VisibilityTimeout"]) >= 6 * limit
