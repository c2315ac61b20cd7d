from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.payments.asking import a_sent_invoice, ask, read_invoice
from tests.http import Response, call, request


def record(key: str, **body: Any) -> Response:
    return ask(key, "record_payment", "/payments", {"customer_id": "cust_123"} | body)


def share(invoice: Any, amount: float) -> Any:
    return {"invoice_id": invoice["id"], "amount": amount}


def test_one_payment_pays_several_invoices(key: str, sent: Any, aws: Aws) -> None:
    other = a_sent_invoice(key, 50)
    shares = [share(other, 50), share(sent, 1050)]
    body = {"amount": 1100, "payment_method": "check", "reference": "4711", "payment_date": "2026-03-01"}
    answer = record(key, **body, allocations=shares)
    assert answer.status == 201, answer.body
    assert {name: answer.data[name] for name in body} == body
    assert (answer.data["invoice_id"], answer.data["customer_id"], answer.data["currency"]) == (None, "cust_123", "USD")
    assert answer.data["allocations"] == [
        part | {"still_due": left, "returned": 0, "refunds": []} for part, left in zip(shares, (0, 450), strict=True)
    ]
    assert answer.headers["Location"].endswith(f"/payments/{answer.data['id']}")
    assert [read_invoice(key, invoice)["status"] for invoice in (sent, other)] == ["partially_paid", "paid"]
    assert len(aws.items("payments")) == 1


def test_what_was_due_first_is_paid_first(key: str, customer: Any) -> None:
    late, early = (a_sent_invoice(key, due_date=day) for day in ("2027-02-01", "2027-01-01"))
    answer = record(key, amount=120)
    assert [(part["invoice_id"], part["amount"]) for part in answer.data["allocations"]] == [
        (early["id"], 100), (late["id"], 20),
    ]  # fmt: skip


def test_what_is_too_much_becomes_credit_only_when_allowed(key: str, sent: Any, aws: Aws) -> None:
    answer = record(key, amount=1600)
    assert (answer.status, answer.error["code"]) == (422, "AMOUNT_EXCEEDS_DUE")
    assert aws.items("payments") == []
    paid = record(key, amount=1600, allow_overpayment=True).data
    assert (paid["credited_amount"], paid["invoice_id"]) == (100, sent["id"])
    deposit = record(key, amount=30, allocations=[], allow_overpayment=True).data
    assert (deposit["credited_amount"], deposit["allocations"]) == (30, [])


def test_a_customer_with_a_deposit_is_archived_not_removed(key: str, customer: Any, aws: Aws) -> None:
    assert record(key, amount=30, currency="EUR", allow_overpayment=True).data["currency"] == "EUR"
    path, parameters = f"/customers/{customer['id']}", {"customer_id": customer["id"]}
    assert call("customers/delete_customer", request("DELETE", path, key=key, parameters=parameters)).status == 204
    assert len(aws.items("customers")) == 1


def test_a_part_that_an_invoice_was_paid_before_is_doubtful(key: str, sent: Any) -> None:
    other = a_sent_invoice(key, 50)
    body = {"reference": "TX-1", "payment_date": "2026-03-01"}
    record(key, **body, amount=10, allocations=[share(sent, 10)])
    answer = record(key, **body, amount=60, allocations=[share(other, 50), share(sent, 10)])
    assert answer.status == 201
    (warning,) = answer.json["meta"]["warnings"]
    assert warning["code"] == "LIKELY_DUPLICATE"
    assert str(sent["invoice_number"]) in warning["message"]


def test_the_same_key_books_once(key: str, sent: Any, aws: Aws) -> None:
    body = {"customer_id": "cust_123", "amount": 10}
    first, again = (ask(key, "record_payment", "/payments", body, idempotency_key="k") for _ in range(2))
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert len(aws.items("payments")) == 1


def test_thirty_invoices_fit_into_one_transaction(key: str, customer: Any) -> None:
    for _ in range(31):
        a_sent_invoice(key, 1)
    refused = record(key, amount=31)
    assert (refused.status, refused.error["code"]) == (422, "TOO_MANY_INVOICES")
    body = {"customer_id": "cust_123", "amount": 30}
    answer = ask(key, "record_payment", "/payments", body, idempotency_key="k")
    assert (answer.status, len(answer.data["allocations"])) == (201, 30)
    path = f"/payments/{answer.data['id']}/reverse"
    assert ask(key, "reverse_payment", path, {"reason": "Bounced"}, idempotency_key="r").status == 200


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "amount", "FIELD_REQUIRED"),
        ({"amount": 0}, "amount", "AMOUNT_INVALID"),
        ({"amount": 1, "currency": "XXX"}, "currency", "CURRENCY_INVALID"),
        ({"amount": 1, "customer_id": "cust_404"}, "customer_id", "CUSTOMER_NOT_FOUND"),
        ({"amount": 1, "customer_id": None}, "customer_id", "TYPE_INVALID"),
        ({"amount": 1, "allocations": [{"amount": 1}]}, "allocations[0].invoice_id", "FIELD_REQUIRED"),
        (
            {"amount": 1, "allocations": [{"invoice_id": "inv_404", "amount": 1}]},
            "allocations[0].invoice_id",
            "INVOICE_NOT_FOUND",
        ),
        ({"amount": 1, "allocations": [{"invoice_id": "x", "amount": 1}] * 31}, "allocations", "TOO_MANY"),
        ({"amount": 1, "payment_method": "customer_credit"}, "payment_method", "VALUE_INVALID"),
    ],
)
def test_a_wrong_field_is_named(key: str, sent: Any, body: Any, field: str, code: str) -> None:
    answer = record(key, **body)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
