"""Settling without money, over HTTP with each function's own permissions, and what is said of it."""

import hashlib
from typing import Any

import requests

from tests.stories.client import QUICK_START, Client, content, data, error
from tests.stories.conftest import Deployment


def test_credit_write_offs_and_what_a_customer_is_told(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@settled.example"}))
    first, second = (_sent(client) for _ in range(2))
    paid = client.post(f"/invoices/{first['id']}/payments", {"amount": first["total"] + 100, "allow_overpayment": True})
    applied = client.post(f"/invoices/{second['id']}/apply-credit", {})
    assert data(applied)["amount"] == 100
    assert error(client.post(f"/invoices/{second['id']}/apply-credit", {}))["code"] == "NOTHING_TO_APPLY"
    lost = client.post(f"/invoices/{second['id']}/write-off", {"reason": "Insolvent"})
    assert (data(lost)["status"], data(lost)["amount_due"]) == ("paid", 0)
    page = requests.get(data(lost)["hosted_url"], timeout=30).text
    assert "No payment is due." in page
    assert "Paid on" not in page
    assert _balance(client)["amount_due"] == 0
    undone = data(client.call("DELETE", f"/invoices/{second['id']}/write-off"))
    assert undone["amount_due"] == second["total"] - 100
    balance = _balance(client)
    assert (balance["balance"], balance["open_invoices"]) == (second["total"] - 100, 1)
    (statement,) = data(client.get("/customers/cust_123/statement?start_date=2020-01-01"))["sections"]
    assert statement["closing_balance"] == balance["balance"]
    assert len(statement["movements"]) == 6
    pdf = client.get("/customers/cust_123/statement", accept="application/pdf")
    assert pdf.content.startswith(b"%PDF")
    receipt = content(client.get(f"/payments/{data(paid)['id']}/receipt"))["data"]
    kept = requests.get(receipt["pdf_url"], timeout=30).content
    assert hashlib.sha256(kept).hexdigest() == receipt["sha256"]


def _sent(client: Client) -> Any:
    invoice = data(client.post("/invoices", QUICK_START))
    data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False}))
    return invoice


def _balance(client: Client) -> Any:
    (balance,) = data(client.get("/customers/cust_123/balance"))["balances"]
    return balance
