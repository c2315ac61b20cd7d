"""A year of an account's test mode in one request, over HTTP with each function's own permissions."""

import re
from datetime import UTC, datetime
from typing import Any

from requests import Response

from tests.stories.client import Client, data, error
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

START = "2028-02-29T08:00:00.000Z"
_DATED = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
LINE = {"description": "Hosting", "quantity": 1, "unit_price": 100}


def test_a_year_in_one_call(deployment: Deployment) -> None:
    client = _client(deployment, "year")
    before = _invoice(client, due_date="2026-12-31")
    assert client.call("PUT", "/test-clock", {"now": START}).status_code == 201
    left, part_paid, paid = (_invoice(client, due_date=f"2028-0{month}-15") for month in (4, 6, 8))
    data(client.post(f"/invoices/{part_paid['id']}/payments", {"amount": 40}))
    data(client.post(f"/invoices/{paid['id']}/payments", {"amount": paid["total"]}))
    draft = _scheduled(client, "2028-10-01T09:00", payment_terms="Net 14")
    later = _invoice(client, due_date="2029-12-31")
    deployment.tick()
    clock = data(client.post("/test-clock/advance", {"by": "P1Y"}))
    assert (clock["status"], clock["now"]) == ("ready", "2029-02-28T08:00:00.000Z")
    assert {name: count for name, count in clock["done"].items() if count} == {"overdue": 4, "scheduled_sends": 1}
    statuses = _statuses(client)
    assert [statuses[each["id"]] for each in (before, left, draft)] == ["overdue"] * 3
    assert [statuses[each["id"]] for each in (part_paid, paid, later)] == ["partially_paid", "paid", "sent"]
    _assert_dates_of_the_clock(client, [left, part_paid, paid, draft, later])

    for _ in range(2):
        deployment.tick()
    assert _statuses(client) == statuses
    assert client.call("DELETE", "/test-clock").status_code == 204
    assert _statuses(client) == statuses, "what has happened stays"
    assert data(client.post("/customers", {"name": "Now"}))["created_at"] > datetime.now(UTC).isoformat()[:10]


def _statuses(client: Client) -> dict[str, str]:
    return {each["id"]: each["status"] for each in data(client.get("/invoices?per_page=100"))}


def _assert_dates_of_the_clock(client: Client, invoices: list[Any]) -> None:
    """Each at its own instant, and none of the real year."""
    overdue = data(client.get("/events?limit=100&type=invoice.overdue"))
    midnights = {f"2028-{day}T00:00:00.000Z" for day in ("04-16", "06-16", "10-16")}
    assert {event["created_at"] for event in overdue} == {START} | midnights
    shown = [data(client.get(f"/invoices/{each['id']}")) for each in invoices]
    (sent,) = (each for each in shown if each["issue_date"] == "2028-10-01")
    assert (sent["due_date"], sent["sent_at"]) == ("2028-10-15", "2028-10-01T09:00:00.000Z")
    assert {text[:4] for text in _DATED.findall(str(shown))} == {"2028", "2029"}


def test_an_advance_whose_request_died_goes_on_and_shows_how_far_it_is(deployment: Deployment) -> None:
    """Sends that fail are tried again, so that a few of them are hundreds of steps."""
    client = _client(deployment, "long")
    client.call("PUT", "/test-clock", {"now": START})
    for minute in range(30):
        _scheduled(client, f"2028-03-01T09:{minute:02}")
    waiting = _invoice(client, due_date="2028-12-30")
    data(client.call("PATCH", "/account", {"books_locked_until": "2029-12-31"}))
    shown: list[Any] = []

    def look() -> Any:
        shown.append(data(client.get("/test-clock")))
        return shown[-1]

    def advance() -> Response:
        return client.post("/test-clock/advance", {"by": "P1Y"}, Idempotency_Key="long")

    def begun() -> bool:
        advance()
        return bool(look()["status"] == "advancing")

    with deployment.time_limit("AdvanceTestClockFunction", seconds=3):
        wait_until(begun, 60, "the advance to begin")
    again = advance()
    assert (again.status_code, data(again)["status"], data(again)["now"]) == (202, "advancing", START)
    assert error(client.post("/test-clock/advance", {"by": "P1D"}))["code"] == "TEST_CLOCK_ADVANCING"
    assert error(client.post("/customers", {"name": "B"}))["code"] == "TEST_CLOCK_ADVANCING"

    def is_ready() -> bool:
        deployment.tick()
        return bool(look()["status"] != "advancing")

    wait_until(is_ready, 180, "the clock to be ready")
    ready = shown[-1]
    assert (ready["status"], ready["now"], ready["last_error"]) == ("ready", "2029-02-28T08:00:00.000Z", None)
    assert len({clock["now"] for clock in shown}) > 2, "it showed how far it was"
    assert [clock["now"] for clock in shown] == sorted(clock["now"] for clock in shown)
    assert data(client.get(f"/invoices/{waiting['id']}"))["status"] == "overdue"
    assert data(client.post("/customers", {"name": "B"}))["created_at"] == ready["now"]


def _client(deployment: Deployment, name: str) -> Client:
    client = Client(deployment.url, deployment.create_account(name)["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": f"ada@{name}.example"}))
    return client


def _invoice(client: Client, **more: str) -> Any:
    invoice = data(client.post("/invoices", {"customer_id": "cust_123", "items": [LINE]} | more))
    return data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False})) and invoice


def _scheduled(client: Client, at: str, **more: str) -> Any:
    draft = data(client.post("/invoices", {"customer_id": "cust_123", "items": [LINE]} | more))
    data(client.post(f"/invoices/{draft['id']}/send", {"send_email": False, "send_at": at}))
    return draft
