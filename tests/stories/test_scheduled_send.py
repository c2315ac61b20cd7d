"""Invoices that are sent at the time that their seller chose, over HTTP with each function's own permissions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.stories.client import Client, data, error, number
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

INVOICE = {"customer_id": "cust_123", "items": [{"description": "Hosting", "quantity": 1, "unit_price": 20}]}


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@scheduled.example"}))
    return client


def draft(client: Client) -> str:
    return str(data(client.post("/invoices", INVOICE))["id"])


def read(client: Client, invoice_id: str) -> Any:
    return data(client.get(f"/invoices/{invoice_id}"))


def schedule(client: Client, invoice_id: str, at: datetime, **fields: Any) -> Any:
    return data(client.post(f"/invoices/{invoice_id}/send", {"send_at": at.isoformat()} | fields))


def types(client: Client, invoice_id: str) -> list[str]:
    return [event["type"] for event in data(client.get(f"/invoices/{invoice_id}/events"))][::-1]


def test_scheduled_sends_go_out_at_their_time_unless_their_seller_changed_its_mind(
    deployment: Deployment, client: Client
) -> None:
    kept, cancelled, voided, sent = (draft(client) for _ in range(4))
    # Another time first, so that the function is warm when seconds count.
    schedule(client, kept, datetime.now(UTC) + timedelta(days=1))
    at = datetime.now(UTC) + timedelta(seconds=8)
    for invoice in (kept, cancelled, voided, sent):
        answer = schedule(client, invoice, at, email_message="As promised.")
        assert (answer["status"], answer["scheduled_send_at"] is None) == ("draft", False)
    assert client.call("DELETE", f"/invoices/{cancelled}/scheduled-send").status_code == 204
    again = client.call("DELETE", f"/invoices/{cancelled}/scheduled-send")
    assert (again.status_code, error(again)["code"]) == (404, "SCHEDULED_SEND_NOT_FOUND")
    assert data(client.post(f"/invoices/{voided}/void"))["status"] == "cancelled"
    assert data(client.post(f"/invoices/{sent}/send"))["invoice_number"] == number(1)

    wait_until(lambda: datetime.now(UTC) > at, 20, "the time of the sends")
    for _ in range(3):
        deployment.tick()
    wait_until(lambda: read(client, kept)["status"] == "sent", 60, "the invoice to be sent")
    invoice = read(client, kept)
    assert (invoice["invoice_number"], invoice["scheduled_send_at"]) == (number(2), None)
    assert invoice["hosted_url"].startswith(client.url)
    assert types(client, kept) == ["invoice.created", "invoice.updated", "invoice.updated", "invoice.sent"]
    message = next(
        message
        for message in deployment.wait_for_mail_to("ada@scheduled.example", count=2)
        if number(2) in message["Subject"]
    )
    text = message.get_body(("plain",))
    assert text is not None
    assert invoice["hosted_url"] in text.get_content()
    assert "As promised." in text.get_content()
    deployment.wait_for_empty_mail_queue()
    assert len(deployment.messages_to("ada@scheduled.example")) == 2
    assert [read(client, each)["status"] for each in (cancelled, voided, sent)] == ["draft", "cancelled", "sent"]


def test_a_scheduled_send_that_is_not_possible_says_why(deployment: Deployment, client: Client) -> None:
    invoice = str(data(client.post("/invoices", INVOICE | {"issue_date": "2026-01-01"}))["id"])
    schedule(client, invoice, datetime.now(UTC) + timedelta(seconds=2))
    data(client.call("PATCH", "/account", {"books_locked_until": "2026-01-31"}))

    def failed() -> Any:
        deployment.tick()
        return read(client, invoice)["scheduled_send_error"]

    wait_until(failed, 60, "the send to fail")
    found = read(client, invoice)
    assert (found["status"], found["scheduled_send_error"]["code"]) == ("draft", "PERIOD_LOCKED")
    assert found["scheduled_send_error"]["next_attempt_at"] > found["scheduled_send_at"]


def test_an_issued_invoice_is_sent_again_to_whom_was_asked(deployment: Deployment, client: Client) -> None:
    invoice = draft(client)
    data(client.post(f"/invoices/{invoice}/send", {"send_email": False}))
    schedule(client, invoice, datetime.now(UTC) + timedelta(seconds=2), to=["boss@scheduled.example"])

    def sent_again() -> bool:
        deployment.tick()
        return types(client, invoice).count("invoice.resent") == 1

    wait_until(sent_again, 60, "the invoice to be sent again")
    assert len(deployment.wait_for_mail_to("boss@scheduled.example")) == 1
    assert read(client, invoice)["scheduled_send_at"] is None
