"""The event log over HTTP: a client follows it while others write, and finds what became of a deleted draft."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.stories.client import QUICK_START, Client, content, data, error
from tests.stories.conftest import Deployment

WRITERS, INVOICES = 4, 5


@pytest.fixture
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account(mode="live")["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@events.example"}))
    return client


def write(client: Client) -> list[tuple[str, str]]:
    """Create, send and pay some invoices; return the resources that then have events, with the last type of each."""
    expected = []
    for _ in range(INVOICES):
        invoice = data(client.post("/invoices", QUICK_START))["id"]
        data(client.post(f"/invoices/{invoice}/send", {"send_email": False}))
        payment = data(client.post(f"/invoices/{invoice}/payments", {"amount": 1500}))["id"]
        expected += [(invoice, "invoice.paid"), (payment, "payment.succeeded")]
    return expected


def newest_first(client: Client) -> list[Any]:
    """All events, as the links lead to them."""
    page = content(client.get("/events?limit=100"))
    found: list[Any] = page["data"]
    while url := page["links"]["next"]:
        page = content(client.get(url))
        found += page["data"]
    return found


def test_a_client_that_follows_while_others_write_sees_each_event_once_and_in_order(client: Client) -> None:
    found: list[Any] = []
    cursor, empty = "", 0
    with ThreadPoolExecutor(WRITERS) as threads:
        writers = [threads.submit(write, client) for _ in range(WRITERS)]
        while True:
            finished = all(writer.done() for writer in writers)
            page = content(client.get(f"/events?after={cursor}&limit=7"))
            assert len(page["data"]) <= 7
            found += page["data"]
            cursor = page["meta"]["next_cursor"]
            if not page["data"] and not page["meta"]["has_more"]:
                empty += 1
                if finished:
                    break
    assert [event["id"] for event in found] == sorted({event["id"] for event in found})
    assert found == newest_first(client)[::-1]
    last = {event["resource_id"]: event["type"] for event in found}
    for writer in writers:
        for resource, kind in writer.result():
            assert last[resource] == kind
    assert len(last) == 2 * WRITERS * INVOICES + 1
    assert empty


def test_the_events_of_a_deleted_draft_are_found_by_resource_type_customer_and_id(client: Client) -> None:
    draft = data(client.post("/invoices", QUICK_START))
    data(client.call("PATCH", f"/invoices/{draft['id']}", {"notes": "Thanks."}))
    assert client.call("DELETE", f"/invoices/{draft['id']}").status_code == 204
    assert client.get(f"/invoices/{draft['id']}").status_code == 404
    listed = data(client.get(f"/events?resource={draft['id']}&after="))
    assert [(event["type"], event["sequence"]) for event in listed] == [
        ("invoice.created", 1), ("invoice.updated", 2), ("invoice.deleted", 3),
    ]  # fmt: skip
    deleted = data(client.get(f"/events/{listed[-1]['id']}"))
    assert deleted == listed[-1]
    assert (deleted["data"]["status"], deleted["data"]["total"]) == ("draft", 1500)
    for query in ("type=invoice.deleted", "customer_id=cust_123&limit=1", f"from={deleted['created_at']}"):
        assert data(client.get(f"/events?{query}")) == [deleted], query


def test_an_unknown_event_and_a_cursor_that_is_none_are_refused(client: Client) -> None:
    missing = client.get("/events/evt_404")
    assert (missing.status_code, error(missing)["code"]) == (404, "EVENT_NOT_FOUND")
    expired = client.get("/events/evt_0195512345007a3b8c1d2e3f40516273")
    assert (expired.status_code, error(expired)["code"]) == (404, "EVENT_EXPIRED")
    refused = client.get("/events?after=nonsense")
    assert (refused.status_code, error(refused)["details"][0]["field"]) == (400, "after")
