"""Invoices that are sent when their time has come: from the request to schedule that, to the e-mail that is ordered."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.due_work import received
from tests.http import Response, call, load_handler, request

TIME = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=400)


@pytest.fixture
def scheduled(key: str, draft: Any) -> Any:
    body = {"send_at": TIME.isoformat(), "cc": ["copy@example.com"], "email_message": "Hello"}
    return ask("POST", "send", key, draft, body).data


def ask(method: str, action: str, key: str, invoice: Any, body: Any = None) -> Response:
    file = {"send": "send_invoice", "void": "void_invoice"}.get(action, "get_invoice")
    path, parameters = f"/invoices/{invoice['id']}/{action}", {"invoice_id": invoice["id"]}
    return call(f"invoices/{file}", request(method, path, body, key=key, parameters=parameters))


def read(key: str, invoice: Any) -> Any:
    return ask("GET", "", key, invoice).data


def tick(aws: Aws, at: datetime, times: int = 1) -> None:
    """Let everything happen that is due at an instant; each message comes several times."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("invoicing.wiring.Wiring.now", lambda _: at)
        load_handler("schedules/start_due_work")({}, None)
        records = [
            {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}
            for message in received(aws)
        ]
        answer = load_handler("reactions/run_due_work")({"Records": records * times}, None)
    assert answer["batchItemFailures"] == []


def events(aws: Aws, event_type: str) -> list[Any]:
    return [item for item in aws.items("events") if item["type"]["S"] == event_type]


@pytest.mark.usefixtures("queue")
class TestScheduledSends:
    def test_the_draft_is_sent_then_and_not_before(self, aws: Aws, key: str, scheduled: Any) -> None:
        tick(aws, TIME - timedelta(milliseconds=1))
        assert (read(key, scheduled)["status"], aws.items("deliveries")) == ("draft", [])
        tick(aws, TIME + timedelta(minutes=4), times=3)
        invoice = read(key, scheduled)
        # Its issue and due date were given, so that it is overdue as soon as it is issued.
        assert (invoice["status"], invoice["invoice_number"]) == ("overdue", "INV-2024-001")
        assert invoice["sent_at"] == (TIME + timedelta(minutes=4)).strftime("%Y-%m-%dT%H:%M:00.000Z")
        assert (invoice["scheduled_send_at"], invoice["updated_at"]) == (None, invoice["sent_at"])
        assert invoice["hosted_url"].startswith("https://api.example.com/v1/invoicing/i/")
        assert len(aws.items("deliveries")) == 2  # one for each mailbox
        (sent,) = events(aws, "invoice.sent")
        assert json.loads(sent["actor"]["S"]) == {"type": "schedule", "id": "run_due_work"}
        assert json.loads(sent["data"]["S"])["email_requested"] is True

    def test_a_voided_draft_is_not_sent(self, aws: Aws, key: str, scheduled: Any) -> None:
        assert ask("POST", "void", key, scheduled, {}).status == 200
        tick(aws, TIME)
        assert (read(key, scheduled)["status"], aws.items("deliveries")) == ("cancelled", [])

    def test_what_is_sent_at_once_goes_at_once_and_once(self, aws: Aws, key: str, scheduled: Any) -> None:
        assert ask("POST", "send", key, scheduled, {}).data["status"] == "sent"
        tick(aws, TIME)
        assert len(aws.items("deliveries")) == len(events(aws, "invoice.sent")) == 1

    def test_why_it_could_not_be_sent_is_shown_with_the_time_of_the_next_attempt(
        self, aws: Aws, key: str, scheduled: Any
    ) -> None:
        locked = {"books_locked_until": "2024-12-31"}
        call("account/update_account", request("PATCH", "/account", locked, key=key))
        tick(aws, TIME, times=3)
        invoice = read(key, scheduled)
        assert (invoice["status"], invoice["scheduled_send_at"]) == ("draft", scheduled["scheduled_send_at"])
        error = invoice["scheduled_send_error"]
        assert (error["code"], error["next_attempt_at"]) == ("PERIOD_LOCKED", TIME.strftime("%Y-%m-%dT%H:05:00.000Z"))
        assert "2024-12-31" in error["message"]
        assert ask("POST", "send", key, scheduled, {}).error["code"] == "PERIOD_LOCKED"
        call("account/update_account", request("PATCH", "/account", {"books_locked_until": None}, key=key))
        tick(aws, TIME + timedelta(minutes=5))
        assert read(key, scheduled)["scheduled_send_error"] is None
        assert read(key, scheduled)["sent_at"] == error["next_attempt_at"]
