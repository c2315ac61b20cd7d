"""Invoices are corrected, discounted and numbered in series, over HTTP with each function's own permissions."""

import csv
from decimal import Decimal
from typing import Any

import pytest

from tests.stories.client import Client, data, error, today
from tests.stories.conftest import Deployment

LINE = {"description": "Work", "quantity": 4, "unit_price": 25, "tax_rate": 0.19}


@pytest.fixture
def client(deployment: Deployment) -> Client:
    made = Client(deployment.url, deployment.create_account()["api_key"])
    data(made.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@corrected.example"}))
    return made


def test_an_invoice_is_credited_in_parts_and_then_revised(client: Client) -> None:
    invoice = _issued(client)
    path, line = f"/invoices/{invoice['id']}", invoice["items"][0]["id"]
    data(client.post(f"{path}/payments", {"amount": 119}))
    note = data(client.post(f"{path}/credit-notes", {"reason": "Late", "items": [{"line_id": line, "percentage": 10}]}))
    assert (note["total"], note["credited_to_customer"]) == (Decimal("11.90"), Decimal("11.90"))
    voided = data(client.post(f"/credit-notes/{note['id']}/void", {"reason": "By mistake"}))
    assert voided["voided_at"] is not None
    revised = client.post(f"{path}/revise", {"reason": "Wrong price"})
    draft = data(revised)
    assert (draft["status"], draft["revises"]) == ("draft", invoice["id"])
    after = data(client.get(path))
    assert (after["status"], after["revised_by"], after["amount_due"]) == ("cancelled", draft["id"], 0)
    (balance,) = data(client.get("/customers/cust_123/balance"))["balances"]
    assert balance["credit"] == 119


def test_what_is_paid_early_is_discounted_and_the_ledger_tells_it(client: Client) -> None:
    invoice = _issued(client, payment_terms="2/10 Net 30")
    (offer,) = invoice["early_payment_discounts"]
    assert offer["amount"] == Decimal("116.62")
    payment = data(client.post(f"/invoices/{invoice['id']}/payments", {"amount": "116.62"}))
    assert data(client.get(f"/invoices/{invoice['id']}"))["status"] == "paid"
    entries = data(client.get("/customers/cust_123/ledger"))
    assert sum(entry["amount"] for entry in entries) == 0
    table = client.get("/customers/cust_123/ledger?format=csv")
    rows = list(csv.DictReader(table.text.splitlines()))
    assert [row["id"] for row in rows] == [entry["id"] for entry in entries]
    data(client.post(f"/payments/{payment['id']}/reverse", {"reason": "Bounced"}))
    assert data(client.get(f"/invoices/{invoice['id']}"))["amount_due"] == 119


def test_credit_pays_the_next_invoice_by_itself_and_voiding_makes_a_note(client: Client) -> None:
    data(client.post("/payments", {"customer_id": "cust_123", "amount": 50, "allow_overpayment": True}))
    data(client.call("PATCH", "/customers/cust_123", {"apply_credit": "auto"}))
    paid = _issued(client)
    assert (paid["status"], paid["amount_due"]) == ("partially_paid", 69)
    data(client.call("PATCH", "/customers/cust_123", {"apply_credit": "manual"}))
    wrong = _issued(client)
    voided = data(client.post(f"/invoices/{wrong['id']}/void", {"credit_note": True}))
    assert data(client.get(f"/credit-notes/{voided['credit_note_id']}"))["total"] == 119


def test_a_series_numbers_the_invoices_that_name_it(client: Client) -> None:
    series = data(
        client.post(
            "/number-series",
            {"name": "Web shop", "document_type": "invoice", "pattern": "WEB-{seq:04}", "reset": "never"},
        )
    )
    path = f"/number-series/{series['id']}"
    assert series["id"] in [each["id"] for each in data(client.get("/number-series"))]
    data(client.call("PATCH", path, {"next": 41}))
    assert _issued(client, series_id=series["id"])["invoice_number"] == "WEB-0041"
    assert data(client.get(path))["next"] == 42
    assert _issued(client)["invoice_number"] == f"INV-{today().year}-001"
    assert error(client.call("DELETE", path))["code"] == "NUMBER_SERIES_IN_USE"


def _issued(client: Client, **given: Any) -> Any:
    """An issued invoice of 119.00."""
    body = {"customer_id": "cust_123", "items": [LINE], "currency": "USD"} | given
    invoice = data(client.post("/invoices", body))
    data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False}))
    return data(client.get(f"/invoices/{invoice['id']}"))
