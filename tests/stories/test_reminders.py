"""Reminders of half a year in one request, over HTTP with each function's own permissions."""

from typing import Any

import pytest

from tests.stories.client import Client, data, error
from tests.stories.conftest import Deployment

LINE = {"description": "Hosting", "quantity": 1, "unit_price": 100}
SCHEDULE = [{"offset_days": -3}, {"offset_days": 0}, {"offset_days": 7}, {"every_days": 14, "times": 3}]


@pytest.mark.parametrize(
    ("zone", "due", "sent"),
    [
        (
            "Europe/Berlin",
            "2027-03-25",
            ["03-22T08", "03-25T08", "04-01T07", "04-15T07", "04-29T07", "05-13T07"],
        ),
        (
            "America/New_York",
            "2027-11-04",
            ["11-01T13", "11-04T13", "11-11T14", "11-25T14", "12-09T14", "12-23T14"],
        ),
    ],
)
def test_nine_in_the_morning_stays_nine(deployment: Deployment, zone: str, due: str, sent: list[str]) -> None:
    client = Client(deployment.url, deployment.create_account(zone.partition("/")[2].lower())["api_key"])
    data(client.call("PATCH", "/account", {"time_zone": zone}))
    data(client.post("/customers", {"id": "cust_123", "name": "Ada", "email": "ada@customer.example"}))
    assert client.call("PUT", "/test-clock", {"now": "2027-01-04T12:00:00Z"}).status_code == 201
    before = _invoice(client, due)
    data(client.call("PUT", "/reminders", {"enabled": True, "schedule": SCHEDULE}))
    after, muted = _invoice(client, due), _invoice(client, due)
    data(client.call("PUT", f"/invoices/{muted}/reminders", {"mute_until": "2028-12-31"}))
    clock = data(client.post("/test-clock/advance", {"to": "2028-01-31T12:00:00Z"}))
    assert (clock["status"], clock["done"]["reminders"]) == ("ready", 6)
    expected = [f"2027-{hour}:00:00.000Z" for hour in sent]
    for invoice in (before, after):
        shown = data(client.get(f"/invoices/{invoice}/reminders"))
        assert [(past["step"], past["status"]) for past in shown["past"]] == [
            (step, "sent") for step in (-3, 0, 7, 21, 35, 49)
        ]
        assert [past["sent_at"] for past in shown["past"]] == expected
        assert shown["coming"] == []
    skipped = data(client.get(f"/invoices/{muted}/reminders"))["past"]
    assert {past["reason"] for past in skipped} == {"muted"}
    events = data(client.get(f"/invoices/{after}/events?per_page=100"))
    assert [event["type"] for event in events].count("invoice.reminder_sent") == 6
    _by_hand(client, after)


def _by_hand(client: Client, invoice: str) -> None:
    first, again = (client.post(f"/invoices/{invoice}/reminders", None, Idempotency_Key="once") for _ in range(2))
    assert data(first)["past"][-1] == data(again)["past"][-1]
    assert len([past for past in data(again)["past"] if past["step"] is None]) == 1
    assert data(client.post("/reminders/preview", {"invoice_id": invoice, "step": 7}))["subject"]
    data(client.post(f"/invoices/{invoice}/payments", {"amount": 100}))
    assert error(client.post(f"/invoices/{invoice}/reminders", None))["code"] == "INVALID_INVOICE_STATE"


def _invoice(client: Client, due: str) -> Any:
    body = {"customer_id": "cust_123", "items": [LINE], "due_date": due, "send_email": True}
    return data(client.post("/invoices", body))["id"]
