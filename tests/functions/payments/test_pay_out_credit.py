from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.payments.asking import a_sent_invoice, ask, pay
from tests.http import Response, call, request
from tests.prepared import prepared


def pay_out(key: str, body: Any, customer_id: str = "cust_123", **headers: str) -> Response:
    return ask(key, "pay_out_credit", f"/customers/{customer_id}/credit-payouts", body, **headers)


def of_customer(key: str, what: str) -> Any:
    parameters = {"customer_id": "cust_123"}
    return call(
        f"customers/get_customer_{what}", request("GET", f"/customers/cust_123/{what}", key=key, parameters=parameters)
    ).data


@pytest.fixture
@prepared
def overpaid(key: str, customer: Any) -> str:
    """The key of an account whose customer has 20 of credit."""
    pay(key, a_sent_invoice(key), 120)
    return key


def test_credit_is_paid_out_and_shows_on_balance_and_statement(overpaid: str, aws: Aws) -> None:
    answer = pay_out(overpaid, {"amount": 15, "method": "bank_transfer", "reference": "wire 7"})
    assert answer.status == 201
    assert answer.data["id"].startswith("payout_")
    assert {name: value for name, value in answer.data.items() if name not in {"id", "created_at", "date"}} == {
        "customer_id": "cust_123", "currency": "USD", "amount": 15, "method": "bank_transfer", "reference": "wire 7",
    }  # fmt: skip
    assert b'"amount":15.00,' in answer.body
    assert answer.headers["Location"] == answer.json["links"]["self"]
    (balance,) = of_customer(overpaid, "balance")["balances"]
    assert (balance["credit"], balance["balance"]) == (5, -5)
    (statement,) = of_customer(overpaid, "statement")["sections"]
    movement = statement["movements"][-1]
    assert (movement["type"], movement["amount"], movement["credit"], movement["document"]) == (
        "credit_payout", 15, -15, "wire 7",
    )  # fmt: skip
    assert movement["credit_payout_id"] == answer.data["id"]
    assert (statement["closing_balance"], statement["closing_credit"]) == (-5, 5)
    assert [item["type"]["S"] for item in aws.items("events")].count("credit_payout.created") == 1


def test_more_than_there_is_is_refused(overpaid: str) -> None:
    answer = pay_out(overpaid, {"amount": 20.01})
    assert (answer.status, answer.error["code"]) == (422, "AMOUNT_EXCEEDS_CREDIT")
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [
        ("amount", "AMOUNT_EXCEEDS_CREDIT")
    ]


def test_the_same_key_pays_out_once(overpaid: str) -> None:
    first = pay_out(overpaid, {"amount": 15}, idempotency_key="k")
    again = pay_out(overpaid, {"amount": 15}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert pay_out(overpaid, {"amount": 5}).status == 201


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "amount", "FIELD_REQUIRED"),
        ({"amount": 0}, "amount", "AMOUNT_INVALID"),
        ({"amount": 1, "method": "customer_credit"}, "method", "VALUE_INVALID"),
        ({"amount": 1, "date": "1.2.2026"}, "date", "DATE_INVALID"),
        ({"amount": 1, "currency": "XXX"}, "currency", "CURRENCY_INVALID"),
        ({"amount": 1, "reason": "x"}, "reason", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named(overpaid: str, body: Any, field: str, code: str) -> None:
    answer = pay_out(overpaid, body)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_an_unknown_customer_is_not_found(key: str) -> None:
    assert pay_out(key, {"amount": 1}, "cust_404").error["code"] == "CUSTOMER_NOT_FOUND"
