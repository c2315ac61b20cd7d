import io
from typing import Any

import pypdf
import pytest

from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request
from tests.prepared import prepared


def statement(key: str, query: str = "", customer_id: str = "cust_123", **headers: str) -> Response:
    path, parameters = f"/customers/{customer_id}/statement{query}", {"customer_id": customer_id}
    event = request("GET", path, key=key, headers=headers, parameters=parameters)
    return call("customers/get_customer_statement", event)


BUCKETS = ("current", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "unapplied_credit")


@pytest.fixture
@prepared
def paid(key: str, sent: Any) -> Any:
    """The invoice of 2024, paid with 100 too much."""
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    body = {"amount": 1600, "allow_overpayment": True, "reference": "TX-1", "payment_date": "2024-03-01"}
    return call("payments/record_invoice_payment", request("POST", path, body, key=key, parameters=parameters)).data


def test_it_has_every_movement_and_adds_up(key: str, sent: Any, paid: Any) -> None:
    answer = statement(key, "?start_date=2024-03-01&end_date=2024-03-31")
    assert answer.status == 200
    (section,) = answer.data["sections"]
    (movement,) = section["movements"]
    assert movement == {
        "date": "2024-03-01",
        "due_date": None,
        "type": "payment",
        "document": "TX-1",
        "invoice_id": sent["id"],
        "payment_id": paid["id"],
        "credit_note_id": None,
        "credit_payout_id": None,
        "amount": -1600,
        "credit": 100,
        "balance": -100,
    }
    names = ("opening_balance", "charged", "settled", "closing_balance", "closing_credit")
    assert [section[name] for name in names] == [1500, 0, 1600, -100, 100]
    assert section["ageing"] == dict.fromkeys(BUCKETS, 0) | {"unapplied_credit": 100}
    assert b'"opening_balance":1500.00' in answer.body
    assert answer.json["links"]["self"].endswith("/statement?start_date=2024-03-01&end_date=2024-03-31")


def test_it_says_since_when_what_is_overdue(key: str, sent: Any) -> None:
    (section,) = statement(key, f"?start_date={sent['issue_date']}&end_date=2024-03-31").data["sections"]
    assert section["movements"][0]["due_date"] == sent["due_date"]
    assert section["ageing"]["unapplied_credit"] == 0
    assert sum(section["ageing"].values()) == section["closing_balance"] == 1500
    (section,) = statement(key).data["sections"]
    assert section["ageing"] == dict.fromkeys(BUCKETS, 0) | {"days_over_90": 1500}


def test_asked_for_pdf_it_answers_the_same_amounts(key: str, paid: Any) -> None:
    assert paid
    answer = statement(key, "?start_date=2024-02-01&end_date=2024-03-31", accept="application/pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="statement-cust_123-USD-2024-02-01-2024-03-31.pdf"'
    )
    text = pypdf.PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()
    for part in ("Statement of account", "INV-2024-001", "TX-1", "-1,600.00", "-$100.00"):
        assert part in text


def test_without_movements_it_is_of_this_month(key: str, customer: Any) -> None:
    assert customer
    data = statement(key).data
    (section,) = data["sections"]
    assert (section["movements"], section["opening_balance"], section["closing_balance"]) == ([], 0, 0)
    assert section["currency"] == "USD"
    assert data["start_date"] == data["end_date"][:8] + "01"
    assert [each["currency"] for each in statement(key, "?currency=JPY").data["sections"]] == ["JPY"]


def test_without_a_currency_it_shows_those_of_the_customer(key: str, customer: Any) -> None:
    assert customer
    body = NEW_INVOICE | {"currency": "EUR", "send_email": True}
    assert call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).status == 201
    year = "?start_date=2024-01-01"
    assert [each["currency"] for each in statement(key, year).data["sections"]] == ["EUR"]
    answer = statement(key, year, accept="application/pdf")
    assert "statement-cust_123-EUR-2024-01-01" in answer.headers["Content-Disposition"]
    assert "Closing balance (EUR)" in pypdf.PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("?start_date=yesterday", "start_date", "DATE_INVALID"),
        ("?end_date=2026-02-30", "end_date", "DATE_INVALID"),
        ("?end_date=", "end_date", "DATE_INVALID"),
        ("?start_date=2026-02-02&end_date=2026-02-01", "start_date", "DATE_INVALID"),
        ("?currency=XXX", "currency", "VALUE_INVALID"),
        ("?page=1", "page", "PARAMETER_UNKNOWN"),
        ("?%00=1", "\\x00", "PARAMETER_UNKNOWN"),
        ("?currency=USD&currency=EUR", "currency", "PARAMETER_REPEATED"),
    ],
)
def test_a_wrong_query_is_refused(key: str, customer: Any, query: str, field: str, code: str) -> None:
    assert customer
    answer = statement(key, query)
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_an_unknown_customer_has_none(key: str) -> None:
    assert statement(key, customer_id="cust_404").error["code"] == "CUSTOMER_NOT_FOUND"
    assert statement(key, customer_id="cust_404", accept="application/pdf").status == 404
