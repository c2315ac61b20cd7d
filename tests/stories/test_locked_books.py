"""A month is closed, over HTTP with each function's own permissions: entries of earlier days, and none in the month."""

from typing import Any

from tests.stories.client import Client, data, error
from tests.stories.conftest import Deployment

OCTOBER, NOVEMBER = "2025-10-31", "2025-11-01"
LINE = {"description": "Work", "quantity": 1, "unit_price": 100}


def test_after_a_month_is_locked_its_statement_stays(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@locked.example"}))
    paid, lost, credited, void, open_ = (_issued(client) for _ in range(5))
    payment = data(client.post(f"/invoices/{paid['id']}/payments", {"amount": 60, "payment_date": OCTOBER}))
    moves: list[tuple[str, dict[str, Any], str]] = [
        (f"/invoices/{open_['id']}/payments", {"amount": 1}, "payment_date"),
        ("/payments", {"customer_id": "cust_123", "amount": 1, "payment_method": "cash"}, "payment_date"),
        (f"/payments/{payment['id']}/refund", {"amount": 1}, "refund_date"),
        (f"/payments/{payment['id']}/reverse", {"reason": "Bounced"}, "reversal_date"),
        (f"/invoices/{lost['id']}/write-off", {}, "write_off_date"),
        (f"/invoices/{credited['id']}/credit-notes", {"reason": "Returned"}, "issue_date"),
    ]
    for path, body, field in moves[:3]:
        data(client.post(path, body | {field: OCTOBER}))
    locked = client.call("PATCH", "/account", {"books_locked_until": OCTOBER})
    assert data(locked)["books_locked_until"] == OCTOBER
    closed = _october(client)
    for path, body, field in moves:
        refused = error(client.post(path, body | {field: OCTOBER}))
        assert (refused["code"], refused["type"]) == ("PERIOD_LOCKED", "resource_conflict")
        assert error(client.post(path, body | {field: "9999-12-31"}))["details"][0]["code"] == "DATE_INVALID"
        data(client.post(path, body | {field: NOVEMBER}))
    assert error(client.post(f"/invoices/{void['id']}/void", {}))["code"] == "PERIOD_LOCKED"
    assert _october(client) == closed
    data(client.call("PATCH", "/account", {"books_locked_until": "2025-09-30"}))
    assert data(client.post(f"/invoices/{void['id']}/void", {}))["status"] == "cancelled"
    (balance,) = data(client.get("/customers/cust_123/balance"))["balances"]
    whole = data(client.get("/customers/cust_123/statement?start_date=2025-01-01"))
    assert [section["closing_balance"] for section in whole["sections"]] == [balance["balance"]]


def _issued(client: Client) -> Any:
    body = {"customer_id": "cust_123", "items": [LINE], "issue_date": "2025-10-01", "payment_terms": "Net 30"}
    invoice = data(client.post("/invoices", body))
    return data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False}))


def _october(client: Client) -> Any:
    return data(client.get(f"/customers/cust_123/statement?start_date=2025-10-01&end_date={OCTOBER}"))
