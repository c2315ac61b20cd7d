"""Lists over HTTP, with each function's own permissions: filters, order, links, the timeline."""

import json
from typing import Any

import pytest

from invoicing.domain.access.caller import partition
from tests.stories.client import QUICK_START, Client, content, data, error, today
from tests.stories.conftest import Deployment
from tools.waiting import wait_until


@pytest.fixture
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@lists.example"}))
    return client


def numbers(client: Client, query: str) -> list[str]:
    return [invoice["invoice_number"] for invoice in data(client.get(f"/invoices?{query}"))]


def test_every_filter_and_order_is_served(client: Client) -> None:
    for number in range(1, 6):
        body = QUICK_START.replace("150.00", f"{number}.00").replace(
            '"currency"', f'"invoice_number": "A-{number}", "currency"'
        )
        invoice = data(client.post("/invoices", body))
    data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False}))
    backwards = ["A-5", "A-4", "A-3", "A-2", "A-1"]
    for query in (
        "",
        "customer_id=cust_123",
        "currency=USD",
        "due_date=2024-02-15",
        f"issue_date={today()}",
        "sort=due_date",
        "sort=issue_date",
        "sort=amount",
        "sort=invoice_number",
        "filter[amount][gte]=10&filter[amount][lt]=50.01",
        "filter[invoice_number][like]=A-%25",
    ):
        assert numbers(client, query) == backwards, query
    assert numbers(client, "status=sent") == ["A-5"]
    assert numbers(client, "status=draft&filter[due_date][lte]=2024-02-15&sort=due_date&order=asc") == backwards[:0:-1]
    events = data(client.get(f"/invoices/{invoice['id']}/events"))
    assert [event["type"] for event in events] == ["invoice.sent", "invoice.created"]


def test_links_lead_through_all_pages_and_back(client: Client) -> None:
    made = [data(client.post("/invoices", QUICK_START))["id"] for _ in range(5)]
    pages: list[Any] = [content(client.get("/invoices?per_page=2&fields=id"))]
    while url := pages[-1]["links"]["next"]:
        pages.append(content(client.get(url)))
    assert [[invoice["id"] for invoice in page["data"]] for page in pages] == [made[:2:-1], made[2:0:-1], made[:1]]
    back = content(client.get(pages[-1]["links"]["prev"]))
    assert back["data"] == pages[1]["data"]
    assert content(client.get(pages[0]["links"]["last"]))["data"] == pages[-1]["data"]


def test_customers_are_found_and_nonsense_is_refused(client: Client) -> None:
    data(client.post("/customers", {"name": "Alan Turing"}))
    for query in ("filter[name][like]=ada%25", "email=ada@lists.example", "sort=name&order=asc&per_page=1"):
        assert [customer["name"] for customer in data(client.get(f"/customers?{query}"))] == ["Ada Lovelace"], query
    assert error(client.get("/customers?color=blue"))["code"] == "INVALID_QUERY"


def test_what_happens_is_counted_for_the_totals_of_long_lists(deployment: Deployment) -> None:
    opened = deployment.create_account()
    client = Client(deployment.url, opened["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace"}))
    sent, gone, _ = (data(client.post("/invoices", QUICK_START))["id"] for _ in range(3))
    data(client.post(f"/invoices/{sent}/send", {"send_email": False}))
    assert client.call("DELETE", f"/invoices/{gone}").status_code == 204
    expected = {
        "customers": {"archived=false": 1},
        "invoices": {
            "": 2,
            "currency=USD": 2,
            "status=draft": 1,
            "status=sent": 1,
            "drafts=USD": 1,
            "draft_total=USD": 150_000,
        },
        "invoices#customer_id=cust_123": {"": 2},
    }
    database = deployment.session.client("dynamodb", endpoint_url=deployment.aws.endpoint)
    keys = [{"pk": {"S": partition(opened["account_id"], "test")}, "sk": {"S": name}} for name in expected]
    table = deployment.stack.resources["TotalsTable"]

    def counted() -> bool:
        items = database.batch_get_item(RequestItems={table: {"Keys": keys}})["Responses"][table]
        found = {item["sk"]["S"]: json.loads(item["counted"]["S"]) for item in items}
        return {
            of: {name: count for name, count in counts.items() if count} for of, counts in found.items()
        } == expected

    wait_until(counted, 60, "every change to be counted")


def test_what_is_new_changed_or_deleted_is_found_as_it_is(client: Client) -> None:
    data(client.post("/customers", {"id": "cust_k", "name": "Käufer AG", "email": "ap@kaeufer.example"}))
    body = {
        "customer_id": "cust_k",
        "currency": "EUR",
        "items": [{"description": "Tea", "quantity": 1, "unit_price": 9}],
    }
    invoice = data(client.post("/invoices", body | {"invoice_number": "RE/2026/0007"}))

    def found(path: str, search: str) -> list[str]:
        return [each["id"] for each in data(client.get(f"/{path}?search={search}"))]

    wait_until(lambda: found("invoices", "re/2026%20KAUFER") == [invoice["id"]], 60, "the invoice to be found")
    assert found("invoices", "0007") == [invoice["id"]]
    wait_until(lambda: found("customers", "kaeufer") == ["cust_k"], 60, "the customer to be found")
    assert client.call("DELETE", f"/invoices/{invoice['id']}").status_code == 204
    assert client.call("DELETE", "/customers/cust_k").status_code == 204
    assert found("invoices", "0007") == found("customers", "kaeufer") == []
