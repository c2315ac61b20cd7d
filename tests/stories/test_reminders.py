"""Reminders of a quarter, over HTTP with each function's own permissions."""

import json
from typing import Any

import pytest

from tests.mail_service import mail_event
from tests.stories.client import Client, data, error
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

LINE = {"description": "Hosting", "quantity": 1, "unit_price": 100}
SCHEDULE = [{"offset_days": -3}, {"offset_days": 0}, {"offset_days": 7}, {"every_days": 14, "times": 3}]
STEPS = (-3, 0, 7, 21, 35, 49)
BOUNCING = "bounce@simulator.amazonses.com"


@pytest.mark.parametrize(
    ("zone", "due", "sent"),
    [
        ("Europe/Berlin", "2027-03-25", ["03-22T08", "03-25T08", "04-01T07", "04-15T07", "04-29T07", "05-13T07"]),
        ("Europe/Berlin", "2027-10-28", ["10-25T07", "10-28T07", "11-04T08", "11-18T08", "12-02T08", "12-16T08"]),
        ("America/New_York", "2027-03-11", ["03-08T14", "03-11T14", "03-18T13", "04-01T13", "04-15T13", "04-29T13"]),
        ("America/New_York", "2027-11-04", ["11-01T13", "11-04T13", "11-11T14", "11-25T14", "12-09T14", "12-23T14"]),
        ("Australia/Sydney", "2027-03-31", ["03-27T22", "03-30T22", "04-06T23", "04-20T23", "05-04T23", "05-18T23"]),
        ("Australia/Sydney", "2027-09-30", ["09-26T23", "09-29T23", "10-06T22", "10-20T22", "11-03T22", "11-17T22"]),
        ("Pacific/Auckland", "2027-09-23", ["09-19T21", "09-22T21", "09-29T20", "10-13T20", "10-27T20", "11-10T20"]),
        ("America/Santiago", "2027-03-31", ["03-28T12", "03-31T12", "04-07T13", "04-21T13", "05-05T13", "05-19T13"]),
        ("Asia/Kolkata", "2027-03-25", ["03-22T03", "03-25T03", "04-01T03", "04-15T03", "04-29T03", "05-13T03"]),
    ],
)
def test_nine_in_the_morning_stays_nine(deployment: Deployment, zone: str, due: str, sent: list[str]) -> None:
    client = _account(deployment, zone, "2027-01-04T12:00:00Z")
    invoice = _invoice(client, due)
    clock = data(client.post("/test-clock/advance", {"to": "2028-01-31T12:00:00Z"}))
    assert (clock["status"], clock["done"]["reminders"]) == ("ready", len(STEPS))
    shown = data(client.get(f"/invoices/{invoice}/reminders"))
    minute = "30" if zone == "Asia/Kolkata" else "00"
    assert [(past["step"], past["status"], past["sent_at"]) for past in shown["past"]] == [
        (step, "sent", f"2027-{hour}:{minute}:00.000Z") for step, hour in zip(STEPS, sent, strict=True)
    ]
    assert shown["coming"] == []
    assert len(data(client.get("/deliveries?per_page=100"))) == len(STEPS), "nothing else was mailed"


def test_a_quarter_in_which_something_happens(deployment: Deployment) -> None:
    client = _account(deployment, "Europe/Berlin", "2027-03-01T12:00:00Z")
    addresses = {"plain": "plain@customer.example", "bounced": BOUNCING, "silent": None}
    for name in ("paid", "muted"):
        addresses[name] = f"{name}@customer.example"
    invoices = {name: _invoice(client, "2027-03-25", _customer(client, name, addresses[name])) for name in addresses}

    _advance(client, "2027-03-25T08:00:00Z")
    _bounce(deployment, client, invoices["bounced"])
    data(client.call("PUT", f"/invoices/{invoices['muted']}/reminders", {"mute_until": "2027-04-15"}))
    _advance(client, "2027-04-01T06:59:59Z")
    data(client.post(f"/invoices/{invoices['paid']}/payments", {"amount": 100}))
    _advance(client, "2027-04-01T07:00:00Z")
    assert _outcomes(client, invoices["paid"]) == ["sent", "sent", "paid"]
    _advance(client, "2027-06-30T12:00:00Z")

    assert {name: _outcomes(client, invoice) for name, invoice in invoices.items()} == {
        "plain": ["sent"] * 6,
        "paid": ["sent", "sent", "paid", "paid", "paid", "paid"],
        "muted": ["sent", "sent", "muted", "muted", "sent", "sent"],
        "bounced": ["sent", "sent", "bounced", "bounced", "bounced", "bounced"],
        "silent": ["no_email"] * 6,
    }
    deliveries = data(client.get("/deliveries?per_page=100"))
    mailed = [each["recipient"] for each in deliveries]
    assert {name: mailed.count(address) for name, address in addresses.items()} == {
        "plain": 6, "paid": 2, "muted": 4, "bounced": 2, "silent": 0,
    }  # fmt: skip
    assert {each["status"] for each in deliveries if each["recipient"] != BOUNCING} == {"simulated"}
    assert deployment.messages_to(str(addresses["plain"])) == [], "pretended time mails nobody"
    told = [each["type"] for each in data(client.get(f"/invoices/{invoices['muted']}/events?per_page=100"))]
    assert (told.count("invoice.reminder_sent"), told.count("invoice.reminder_skipped")) == (4, 2)
    _by_hand(client, invoices["plain"])


def test_a_reminder_leaves_the_house(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account("Reminding")["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada", "email": "ada@reminded.example"}))
    invoice = _invoice(client, "2027-03-25")
    data(client.post(f"/invoices/{invoice}/reminders", None))
    (message,) = deployment.wait_for_mail_to("ada@reminded.example")
    assert data(client.get(f"/invoices/{invoice}"))["invoice_number"] in str(message)


def _account(deployment: Deployment, zone: str, now: str) -> Client:
    """A test account with a clock that reminds, and a customer."""
    client = Client(deployment.url, deployment.create_account(zone.partition("/")[2].lower())["api_key"])
    data(client.call("PATCH", "/account", {"time_zone": zone}))
    data(client.post("/customers", {"id": "cust_123", "name": "Ada", "email": "ada@customer.example"}))
    assert client.call("PUT", "/test-clock", {"now": now}).status_code == 201
    data(client.call("PUT", "/reminders", {"enabled": True, "schedule": SCHEDULE}))
    return client


def _customer(client: Client, name: str, email: str | None) -> str:
    identifier = f"cust_{name}"
    data(client.post("/customers", {"id": identifier, "name": name, "email": email}))
    return identifier


def _invoice(client: Client, due: str, customer: str = "cust_123") -> Any:
    """An issued invoice that is not e-mailed."""
    body = {"customer_id": customer, "items": [LINE], "due_date": due, "send_email": False}
    invoice = data(client.post("/invoices", body))["id"]
    return data(client.post(f"/invoices/{invoice}/send", {"send_email": False}))["id"]


def _advance(client: Client, to: str) -> None:
    assert data(client.post("/test-clock/advance", {"to": to}))["status"] == "ready"


def _outcomes(client: Client, invoice: str) -> list[str]:
    past = data(client.get(f"/invoices/{invoice}/reminders"))["past"]
    return [each["reason"] or each["status"] for each in past]


def _bounce(deployment: Deployment, client: Client, invoice: str) -> None:
    """Let SES report of the latest reminder of an invoice that its address is dead, twice."""
    shown = data(client.get(f"/invoices/{invoice}/reminders"))["past"][-1]
    account = f"{data(client.get('/account'))['id']}#test"
    body = json.dumps(mail_event("bounce", shown["delivery_ids"][0], account=account))
    sqs = deployment.session.client("sqs", endpoint_url=deployment.aws.endpoint)
    for _ in range(2):
        sqs.send_message(QueueUrl=deployment.stack.resources["MailEventsQueue"], MessageBody=body)
    wait_until(lambda: bool(data(client.get("/deliveries?status=bounced"))), 60, "the bounce to be recorded")
    (suppression,) = data(client.get("/suppressions"))
    assert (suppression["address"], suppression["invoice_id"]) == (BOUNCING, invoice)


def _by_hand(client: Client, invoice: str) -> None:
    first, again = (client.post(f"/invoices/{invoice}/reminders", None, Idempotency_Key="once") for _ in range(2))
    assert data(first)["past"][-1] == data(again)["past"][-1]
    assert len([past for past in data(again)["past"] if past["step"] is None]) == 1
    assert data(client.post("/reminders/preview", {"invoice_id": invoice, "step": 7}))["subject"]
    data(client.post(f"/invoices/{invoice}/payments", {"amount": 100}))
    assert error(client.post(f"/invoices/{invoice}/reminders", None))["code"] == "INVALID_INVOICE_STATE"
