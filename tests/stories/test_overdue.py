"""An unpaid invoice becomes overdue by itself, over HTTP with each function's own permissions."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from invoicing import exact_json
from tests.stories.client import QUICK_START, Client, data
from tests.stories.conftest import Deployment
from tools.waiting import wait_until


def test_an_unpaid_invoice_becomes_overdue_by_a_tick_and_once(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@overdue.example"}))
    late, paid = (_sent(client) for _ in range(2))
    data(client.post(f"/invoices/{paid['id']}/payments", {"amount": paid["total"]}))
    before = data(client.get(f"/invoices/{late['id']}"))
    assert (before["status"], before["is_overdue"]) == ("sent", True)
    for _ in range(3):
        deployment.tick()
    wait_until(lambda: _status(client, late) == "overdue", 60, "the invoice to become overdue")
    assert _status(client, paid) == "paid"
    deployment.tick()
    assert [_types(client, invoice).count("invoice.overdue") for invoice in (late, paid)] == [1, 0]


def test_a_new_time_zone_in_which_the_due_date_has_passed_makes_it_overdue(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.call("PATCH", "/account", {"time_zone": "Etc/GMT+12"}))
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@zones.example"}))
    invoice = _sent(client, due_date=str(datetime.now(ZoneInfo("Etc/GMT+12")).date()))
    assert data(client.get("/invoices?is_overdue=true")) == []
    data(client.call("PATCH", "/account", {"time_zone": "Etc/GMT-14"}))
    assert [each["id"] for each in data(client.get("/invoices?is_overdue=true"))] == [invoice["id"]]
    deployment.tick()
    wait_until(lambda: _status(client, invoice) == "overdue", 60, "the invoice to become overdue")
    data(client.call("PATCH", "/account", {"time_zone": "Etc/GMT+12"}))
    deployment.tick()
    assert data(client.get(f"/invoices/{invoice['id']}"))["is_overdue"], "what has happened stays"
    assert _types(client, invoice).count("invoice.overdue") == 1


def _sent(client: Client, **more: str) -> Any:
    invoice = data(client.post("/invoices", exact_json.loads(QUICK_START) | more))
    data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False}))
    return invoice


def _status(client: Client, invoice: Any) -> str:
    return str(data(client.get(f"/invoices/{invoice['id']}"))["status"])


def _types(client: Client, invoice: Any) -> list[str]:
    return [event["type"] for event in data(client.get(f"/invoices/{invoice['id']}/events"))]
