from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.payments.asking import ask, pay, read_invoice
from tests.http import Response


def refund(key: str, payment: Any, body: Any, **headers: str) -> Response:
    return ask(key, "refund_payment", f"/payments/{payment['id']}/refund", body, **headers)


def read(key: str, payment: Any) -> Any:
    return ask(key, "get_payment", f"/payments/{payment['id']}").data


def test_a_part_is_refunded_and_the_invoice_follows(key: str, sent: Any, aws: Aws) -> None:
    payment = pay(key, sent, 1500)
    body = {"amount": 300.5, "refund_date": payment["payment_date"], "reason": "Returned goods"}
    answer = refund(key, payment, body)
    assert answer.status == 201
    assert answer.data["id"].startswith("refund_")
    assert {name: value for name, value in answer.data.items() if name not in {"id", "created_at"}} == {
        "payment_id": payment["id"], "currency": "USD", **body, "refund_method": "cash", "status": "completed",
        "credit_amount": 0, "allocations": [{"invoice_id": sent["id"], "amount": 300.5}],
        "base_currency": "USD", "exchange_rate": 1, "exchange_rate_date": None, "exchange_rate_source": None,
    }  # fmt: skip
    assert b'"amount":300.50,' in answer.body
    assert answer.headers["Location"].endswith(f"/payments/{payment['id']}/refunds")
    assert answer.json["links"]["refund"].endswith(f"/payments/{payment['id']}/refund")
    invoice = read_invoice(key, sent)
    assert (invoice["status"], invoice["amount_paid"], invoice["amount_due"], invoice["paid_date"]) == (
        "partially_paid", 1199.5, 300.5, None,
    )  # fmt: skip
    (part,) = invoice["payments"]
    assert (part["returned"], part["status"], part["reversal_date"]) == (300.5, "partially_refunded", None)
    refund_part = {
        "id": answer.data["id"], "amount": 300.5, "refund_date": body["refund_date"], "refund_method": "cash",
        "status": "completed",
    }  # fmt: skip
    assert part["refunds"] == [refund_part]
    after = read(key, payment)
    assert after["allocations"] == [
        {"invoice_id": sent["id"], "amount": 1500, "still_due": 0, "returned": 300.5, "refunds": [refund_part]}
    ]
    assert (after["status"], after["refunded_amount"]) == ("partially_refunded", 300.5)
    types = [item["type"]["S"] for item in aws.items("events")]
    assert types[-3:] == ["invoice.updated", "invoice.overdue", "payment.refunded"]


def test_the_accounts_own_currency_has_no_other_rate_than_1(key: str, sent: Any) -> None:
    answer = refund(key, pay(key, sent, 1500), {"exchange_rate": 2})
    (detail,) = answer.error["details"]
    assert (answer.status, detail["field"], detail["code"]) == (422, "exchange_rate", "RATE_INVALID")


def test_without_an_amount_all_that_is_left_goes_back(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    refund(key, payment, {"amount": 1})
    answer = refund(key, payment, {})
    assert (answer.status, answer.data["amount"], answer.data["reason"]) == (201, 1499, None)
    assert answer.json["links"]["refund"] is None
    assert read(key, payment)["status"] == "refunded"
    assert read_invoice(key, sent)["status"] == "overdue", "it was due in 2024"


def test_more_than_is_left_and_what_is_gone_are_refund_errors(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    answer = refund(key, payment, {"amount": 1500.01})
    assert (answer.status, answer.error["type"], answer.error["code"]) == (
        422, "refund_error", "refund_amount_exceeded",
    )  # fmt: skip
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [
        ("amount", "refund_amount_exceeded")
    ]
    refund(key, payment, {})
    answer = refund(key, payment, {})
    assert (answer.status, answer.error["type"], answer.error["code"]) == (422, "refund_error", "already_refunded")


def test_the_same_key_refunds_once(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    first = refund(key, payment, {"amount": 1500}, idempotency_key="k")
    again = refund(key, payment, {"amount": 1500}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert read(key, payment)["refunded_amount"] == 1500


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"amount": 0}, "amount", "AMOUNT_INVALID"),
        ({"amount": -1}, "amount", "AMOUNT_INVALID"),
        ({"amount": 0.001}, "amount", "AMOUNT_INVALID"),
        ({"amount": "1,00"}, "amount", "AMOUNT_INVALID"),
        ({"reason": 1}, "reason", "TYPE_INVALID"),
        ({"total": 1}, "total", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named(key: str, sent: Any, body: Any, field: str, code: str) -> None:
    answer = refund(key, pay(key, sent, 1), body)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_another_version_than_the_current_one_is_refused(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    assert refund(key, payment, {"amount": 1}, if_match='"v2"').status == 412
    answer = refund(key, payment, {"amount": 1}, if_match='"v1"')
    assert (answer.status, answer.headers["ETag"]) == (201, '"v2"')


def test_an_unknown_payment_is_not_found(key: str) -> None:
    assert refund(key, {"id": "pay_404"}, {}).error["code"] == "PAYMENT_NOT_FOUND"
