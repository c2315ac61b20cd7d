import io
from typing import Any

import pypdf
import pytest

from tests.http import Response, call, request
from tests.prepared import prepared


def statement(key: str, query: str = "", customer_id: str = "cust_123", **headers: str) -> Response:
    path, parameters = f"/customers/{customer_id}/statement{query}", {"customer_id": customer_id}
    event = request("GET", path, key=key, headers=headers, parameters=parameters)
    return call("customers/get_customer_statement", event)


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
    (movement,) = answer.data["movements"]
    assert movement == {
        "date": "2024-03-01",
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
    assert [answer.data[name] for name in names] == [1500, 0, 1600, -100, 100]
    assert b'"opening_balance":1500.00' in answer.body
    assert answer.json["links"]["self"].endswith("/statement?start_date=2024-03-01&end_date=2024-03-31")


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
    assert (data["movements"], data["opening_balance"], data["closing_balance"]) == ([], 0, 0)
    assert data["start_date"] == data["end_date"][:8] + "01"
    assert statement(key, "?currency=JPY").data["currency"] == "JPY"


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
