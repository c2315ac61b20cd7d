"""Recurring invoices over HTTP: two years of four schedules in one advance, and real mail without a clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.stories.client import Client, data, error
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

HOSTING = {"description": "Hosting {{ period_start }} – {{ period_end }}", "quantity": 1, "unit_price": 310}
DAYS = [date(2027, 1, 1) + timedelta(days=number) for number in range(731)]
SCHEDULES: dict[str, dict[str, Any]] = {
    "daily": {"start_date": "2027-01-01", "end_date": "2028-12-30", "on_generate": "draft"},
    "weekly": {"start_date": "2027-01-01", "on_generate": "issue"},
    "monthly": {"start_date": "2027-01-31"},
    "yearly": {"start_date": "2027-02-28"},
}
EXPECTED: dict[str, list[date]] = {
    "daily": DAYS[:-1],
    "weekly": DAYS[::7],
    "monthly": [day for day in DAYS if (day + timedelta(days=1)).day == 1],
    "yearly": [date(2027, 2, 28), date(2028, 2, 28)],
}
"""The dates of each schedule, told without its rule."""


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    account = deployment.create_account("schedules", time_zone="Europe/Berlin")
    client = Client(deployment.url, account["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@schedules.example"}))
    return client


def _every(client: Client, path: str) -> list[Any]:
    found: list[Any] = []
    answer = client.get(path)
    while True:
        found += data(answer)
        following = answer.json()["links"]["next"]
        if following is None:
            return found
        answer = client.get(following.removeprefix("/v1/invoicing"))


@pytest.mark.nightly
def test_two_years_in_one_call(deployment: Deployment, client: Client) -> None:
    client.call("PUT", "/test-clock", {"now": "2026-12-31T12:00:00Z"})
    schedules = {
        frequency: data(
            client.post("/recurring", {"customer_id": "cust_123", "items": [HOSTING], "frequency": frequency} | more)
        )
        for frequency, more in SCHEDULES.items()
    }
    assert {each["next_billing_date"] for each in schedules.values()} == {"2027-01-01", "2027-01-31", "2027-02-28"}
    coming = data(client.get(f"/recurring/{schedules['monthly']['id']}/preview?count=3"))
    assert [each["occurrence_date"] for each in coming] == ["2027-01-31", "2027-02-28", "2027-03-31"]
    clock = data(client.post("/test-clock/advance", {"to": "2028-12-31T12:00:00Z"}))

    def is_ready() -> bool:
        nonlocal clock
        clock = data(client.get("/test-clock"))
        return bool(clock["status"] != "advancing")

    wait_until(is_ready, 240, "two years to pass")
    assert (clock["status"], clock["last_error"]) == ("ready", None)
    assert clock["done"]["occurrences"] == sum(map(len, EXPECTED.values()))
    for frequency, schedule in schedules.items():
        made = _every(client, f"/recurring/{schedule['id']}/invoices?per_page=100")
        assert sorted(each["service_period"]["start"] for each in made) == [str(day) for day in EXPECTED[frequency]]
        assert {each["recurring_id"] for each in made} == {schedule["id"]}
    after = {each["frequency"]: each for each in data(client.get("/recurring"))}
    assert {name: each["status"] for name, each in after.items()} == {
        "daily": "completed", "weekly": "active", "monthly": "active", "yearly": "active",
    }  # fmt: skip
    assert (after["daily"]["next_billing_date"], after["monthly"]["next_billing_date"]) == (None, "2029-01-31")
    _assert_numbers_without_a_gap(client)
    mails = _every(client, "/deliveries?per_page=100")
    assert len(mails) == sum(len(EXPECTED[name]) for name in ("monthly", "yearly"))
    assert {each["status"] for each in mails} == {"simulated"}
    assert deployment.messages_to("ada@schedules.example") == []


def _assert_numbers_without_a_gap(client: Client) -> None:
    """Drafts have none; each year begins with 1."""
    shown = _every(client, "/invoices?per_page=100")
    numbers = sorted(each["invoice_number"] for each in shown if each["invoice_number"])
    per_year = [sum(number.startswith(f"INV-{year}") for number in numbers) for year in (2027, 2028)]
    assert numbers == [
        f"INV-{year}-{number:03}"
        for year, count in zip((2027, 2028), per_year, strict=True)
        for number in range(1, count + 1)
    ]
    assert sum(per_year) == sum(len(EXPECTED[name]) for name in ("weekly", "monthly", "yearly"))


def test_a_schedule_without_a_clock_mails_its_first_invoice_with_the_next_tick(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account("monthly", time_zone="Pacific/Kiritimati")["api_key"])
    data(client.post("/customers", {"id": "cust_1", "name": "Ada", "email": "ada@monthly.example"}))
    start = datetime.now(UTC).date() - timedelta(days=1)
    body = {
        "customer_id": "cust_1",
        "items": [HOSTING],
        "frequency": "monthly",
        "start_date": str(start),
        "send_at": "00:00",
    }
    assert error(client.post("/recurring", body))["details"][0]["code"] == "CATCH_UP_REQUIRED"
    schedule = data(client.post("/recurring", body | {"catch_up": "all"}))

    def is_mailed() -> bool:
        deployment.tick()
        return bool(deployment.messages_to("ada@monthly.example"))

    wait_until(is_mailed, 60, "the first invoice to be mailed")
    for _ in range(3):
        deployment.tick()
    (invoice,) = data(client.get(f"/recurring/{schedule['id']}/invoices"))
    (message,) = deployment.messages_to("ada@monthly.example")
    assert invoice["invoice_number"] in message["Subject"]
    assert invoice["service_period"]["start"] == str(start)
    assert "{{" not in invoice["items"][0]["description"]
    assert data(client.post(f"/recurring/{schedule['id']}/pause"))["status"] == "paused"
    assert data(client.call("DELETE", f"/recurring/{schedule['id']}"))["status"] == "cancelled"
