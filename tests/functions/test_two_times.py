"""Under a test clock everything that is dated has the time of the clock; what lives outside the data, real time."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import shard_of_clock
from tests.aws import Aws
from tests.functions.conftest import LINE
from tests.functions.test_clock.clock_requests import LEAP_DAY, ask, freeze
from tests.http import call, load_handler, request
from tests.messages import messages_of

REAL_YEAR = str(datetime.now(UTC).year)
"""Any instant or date of this year leaked from the real clock: the test clock shows 2028."""
TODAY, DUE = "2028-02-29", "2028-03-30"
_DATED = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


def dated(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text with a date in some JSON, with its path."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from dated(each, f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from dated(each, f"{path}[]")
    elif isinstance(value, str) and _DATED.search(value):
        yield path, value


class Client:
    """Sends requests, and keeps what is dated in the ``data`` of all answers."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.dated: set[tuple[str, str, str]] = set()
        self.files: set[str] = set()

    def ask(self, file: str, body: Any = None, **options: Any) -> Any:
        answer = ask(self.key, file, body, **options)
        assert answer.status in {200, 201, 204}, (file, answer.body)
        self.files.add(file)
        if answer.status == 204:
            return None
        assert answer.json["meta"]["timestamp"].startswith(REAL_YEAR)
        assert datetime.fromtimestamp(int(answer.headers["X-RateLimit-Reset"]), UTC).year == int(REAL_YEAR)
        self.dated |= {(file, *each) for each in dated(json.loads(answer.body)["data"])}
        return answer.data

    def invoice(self, **changed: Any) -> Any:
        new = {"customer_id": "cust_123", "items": [LINE], "send_email": True} | changed
        return self.ask("invoices/create_invoice", new)


def use_everything(client: Client) -> None:
    """Requests to nearly all operations that date something."""
    invoice = client.invoice()
    client.ask("invoices/send_invoice", {}, invoice_id=invoice["id"])
    payment = client.ask("payments/record_invoice_payment", {"amount": 100}, invoice_id=invoice["id"])
    client.ask("payments/refund_payment", {"amount": 50}, payment_id=payment["id"])
    client.ask("credit_notes/create_credit_note", {"reason": "All", "send_email": True}, invoice_id=invoice["id"])
    other = client.ask("payments/record_invoice_payment", {"amount": 10}, invoice_id=client.invoice()["id"])
    client.ask("payments/reverse_payment", {"reason": "Bounced"}, payment_id=other["id"])
    client.ask("invoices/void_invoice", {"reason": "Wrong"}, invoice_id=client.invoice()["id"])
    client.ask("invoices/revise_invoice", {"reason": "Wrong"}, invoice_id=client.invoice()["id"])
    bad = client.invoice()["id"]
    client.ask("invoices/write_off_invoice", {"reason": "Gone"}, invoice_id=bad)
    client.ask("invoices/undo_write_off", invoice_id=bad)
    client.ask(
        "payments/record_payment",
        {"customer_id": "cust_123", "amount": 5000, "currency": "USD", "allow_overpayment": True, "allocations": []},
    )
    client.ask("payments/apply_credit", {}, invoice_id=client.invoice()["id"])
    client.ask(
        "payments/record_payment",
        {"customer_id": "cust_123", "amount": 5000, "currency": "USD", "allow_overpayment": True, "allocations": []},
    )
    client.ask("payments/pay_out_credit", {"amount": 1}, customer_id="cust_123")
    draft = client.invoice(send_email=False)["id"]
    client.ask("invoices/update_invoice", {"notes": "New"}, invoice_id=draft)
    client.ask("invoices/duplicate_invoice", {}, invoice_id=draft)
    client.ask("invoices/get_invoice", invoice_id=draft)
    client.ask("invoices/delete_invoice", invoice_id=draft)
    client.ask("invoices/calculate_invoice", {"customer_id": "cust_123", "items": [LINE]})
    client.ask("account/replace_exchange_rates", {"rates": {"EUR": 0.9}})
    client.ask("customers/update_customer", {"name": "Augusta"}, customer_id="cust_123")
    for file in ("get_customer", "get_customer_balance", "list_ledger_entries", "get_customer_statement"):
        client.ask(f"customers/{file}", customer_id="cust_123")
    for file in ("invoices/list_invoices", "payments/list_payments", "credit_notes/list_credit_notes"):
        client.ask(file)
    client.ask("invoices/list_invoice_events", invoice_id=invoice["id"])
    client.ask("customers/delete_customer", customer_id="cust_123")
    client.ask("customers/restore_customer", customer_id="cust_123")


@pytest.fixture
def client(key: str, queue: None) -> Client:
    freeze(key)
    client = Client(key)
    client.ask("customers/create_customer", {"id": "cust_123", "name": "Ada", "email": "ada@example.com"})
    return client


def test_every_instant_and_date_of_every_answer_is_that_of_the_clock(client: Client) -> None:
    use_everything(client)
    found = {each for each in client.dated if each[2].startswith(REAL_YEAR) or "T" in each[2]}
    assert {each for each in found if each[2] != LEAP_DAY} == set()
    assert {value for *_, value in client.dated if "T" not in value} >= {TODAY, DUE}
    assert len(client.files) > 25


def test_events_the_ledger_and_deliveries_have_the_time_of_the_clock_and_are_kept_in_real_time(
    aws: Aws, client: Client
) -> None:
    use_everything(client)
    load_handler("reactions/deliver_email")(
        {"Records": [m for m in messages_of(aws) if ".sent" in m["body"]][:1]}, None
    )
    for event in aws.items("events"):
        assert event["occurred_at"]["S"].startswith("2028-02-29T08:00:00")
        assert [each for each in dated(json.loads(event["data"]["S"])) if REAL_YEAR in each[1]] == []
        assert "expires_at" not in event or _years_left(event) == 1
    for table in ("ledger", "deliveries", "payments", "credit_notes", "customers", "invoices"):
        documents = [item_codec.unpack(item["document"]["B"]) for item in aws.items(table) if "document" in item]
        assert documents or table == "invoices"
        leaked = [each for document in documents for each in dated(document) if REAL_YEAR in each[1]]
        # An attempt is an event of the real world, and so is what the background has to do at once.
        assert [path for path, _ in leaked if path not in (".attempted_at", ".due_at")] == []
    assert {_years_left(delivery) for delivery in aws.items("deliveries")} == {1}


def _years_left(item: dict[str, Any]) -> int:
    """Whole years until an item expires, in real time."""
    return int((float(item["expires_at"]["N"]) - datetime.now(UTC).timestamp()) // (365 * 86_400))


def test_the_customer_views_the_page_at_the_time_of_the_clock(aws: Aws, client: Client) -> None:
    invoice = client.invoice()
    token = invoice["hosted_url"].rpartition("/")[2]
    person = {"sec-fetch-mode": "navigate", "sec-fetch-user": "?1", "sec-fetch-dest": "document"}
    page = call("pages/view_invoice", request("GET", f"/i/{token}", headers=person, parameters={"token": token}))
    assert (page.status, REAL_YEAR in page.body.decode()) == (200, False)
    assert client.ask("invoices/get_invoice", invoice_id=invoice["id"])["viewed_at"] == LEAP_DAY
    account = next(iter(aws.items("events")))["pk"]["S"]
    (waiting,) = [item["due_shard"]["S"] for item in aws.items("invoices") if "due_shard" in item]
    assert waiting == shard_of_clock(account)


def test_links_have_real_time(client: Client) -> None:
    invoice = client.invoice()
    link = ask(client.key, "invoices/get_invoice_pdf", invoice_id=invoice["id"]).data
    assert link["expires_at"].startswith(REAL_YEAR)


def test_idempotency_has_real_time(aws: Aws, key: str) -> None:
    """A clock that goes back by years does not make a key that is in use a new one."""
    freeze(key, "2090-01-01T00:00:00Z")
    headers = {"Idempotency-Key": "once"}
    first = ask(key, "customers/create_customer", {"name": "Ada"}, headers=headers)
    freeze(key, "2095-01-01T00:00:00Z")
    again = ask(key, "customers/create_customer", {"name": "Ada"}, headers=headers)
    assert (again.data, again.headers.get("Idempotent-Replayed")) == (first.data, "true")
    (record,) = aws.items("idempotency")
    assert 0 < float(record["expires_at"]["N"]) - datetime.now(UTC).timestamp() <= 86_400


def test_overdue_is_told_by_the_clock(key: str, customer: Any) -> None:
    freeze(key, "2028-03-30T23:59:59.999Z")
    due = {"customer_id": customer["id"], "items": [LINE], "due_date": DUE, "send_email": True}
    invoice_id = ask(key, "invoices/create_invoice", due).data["id"]
    assert ask(key, "invoices/get_invoice", invoice_id=invoice_id).data["is_overdue"] is False
    assert ask(key, "customers/get_customer_balance", customer_id=customer["id"]).data["balances"][0]["overdue"] == 0
