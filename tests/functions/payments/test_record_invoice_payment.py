from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request


def pay(key: str, invoice_id: str, body: Any, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    parameters = {"invoice_id": invoice_id}
    event = request("POST", f"/invoices/{invoice_id}/payments", body, key=key, headers=named, parameters=parameters)
    return call("payments/record_invoice_payment", event)


def get(key: str, invoice_id: str) -> Response:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event)


def test_a_payment_is_recorded_and_the_invoice_follows(key: str, sent: Any) -> None:
    body = {"amount": 500.5, "payment_date": "2026-01-15", "payment_method": "bank_transfer", "reference": "TX-1"}
    answer = pay(key, sent["id"], body)
    assert answer.status == 201
    assert {name: answer.data[name] for name in body} == body
    assert (answer.data["invoice_id"], answer.data["customer_id"], answer.data["currency"]) == (
        sent["id"], "cust_123", "USD",
    )  # fmt: skip
    assert (answer.data["status"], answer.data["refunded_amount"], answer.data["notes"]) == ("succeeded", 0, None)
    assert answer.headers["Location"].endswith(f"/payments/{answer.data['id']}")
    assert b'"amount":500.50,' in answer.body
    invoice = get(key, sent["id"])
    assert (invoice.data["status"], invoice.data["amount_paid"], invoice.data["amount_due"]) == (
        "partially_paid", 500.5, 999.5,
    )  # fmt: skip
    assert invoice.headers["ETag"] == '"v3"'


def test_the_same_payment_twice_is_recorded_with_a_warning(key: str, sent: Any) -> None:
    body = {"amount": 500, "payment_date": "2026-01-15", "reference": "TX-1"}
    first = pay(key, sent["id"], body)
    assert "warnings" not in first.json["meta"]
    assert "warnings" not in pay(key, sent["id"], body | {"reference": "TX-2"}).json["meta"]
    second = pay(key, sent["id"], body, idempotency_key="k")
    assert second.status == 201
    (warning,) = second.json["meta"]["warnings"]
    assert (warning["field"], warning["code"]) == ("amount", "LIKELY_DUPLICATE")
    assert first.data["id"] in warning["message"]
    assert pay(key, sent["id"], body, idempotency_key="k").body == second.body


def test_an_overpayment_twice_has_a_warning_too(key: str, sent: Any) -> None:
    body = {"amount": sent["total"] + 20, "allow_overpayment": True}
    first = pay(key, sent["id"], body)
    assert "warnings" not in first.json["meta"]
    assert "warnings" not in pay(key, sent["id"], body | {"amount": sent["total"]}).json["meta"]
    (warning,) = pay(key, sent["id"], body).json["meta"]["warnings"]
    assert warning["code"] == "LIKELY_DUPLICATE"


def test_money_for_a_written_off_invoice_becomes_credit_with_a_warning(key: str, sent: Any) -> None:
    path, parameters = f"/invoices/{sent['id']}/write-off", {"invoice_id": sent["id"]}
    call("invoices/write_off_invoice", request("POST", path, {"amount": 400}, key=key, parameters=parameters))
    assert "warnings" not in pay(key, sent["id"], {"amount": 100}).json["meta"]
    answer = pay(key, sent["id"], {"amount": 1400, "allow_overpayment": True})
    assert (answer.status, answer.data["credited_amount"]) == (201, 400)
    (warning,) = answer.json["meta"]["warnings"]
    assert (warning["field"], warning["code"]) == ("amount", "INVOICE_WRITTEN_OFF")
    assert warning["message"].endswith("400.00 USD is written off; undo the write-off first.")


def test_what_was_given_back_and_paid_again_is_no_duplicate(key: str, sent: Any) -> None:
    body = {"amount": 500, "reference": "TX-1"}
    payment = pay(key, sent["id"], body).data["id"]
    event = request(
        "POST", f"/payments/{payment}/reverse", {"reason": "x"}, key=key, parameters={"payment_id": payment}
    )
    assert call("payments/reverse_payment", event).status == 200
    assert "warnings" not in pay(key, sent["id"], body).json["meta"]


def test_the_rest_makes_it_paid_on_the_latest_day_of_its_payments(key: str, sent: Any, aws: Aws) -> None:
    pay(key, sent["id"], {"amount": 1000, "payment_date": "2026-02-01"})
    pay(key, sent["id"], {"amount": 500, "payment_date": "2026-01-05"})
    invoice = get(key, sent["id"]).data
    assert (invoice["status"], invoice["amount_due"], invoice["paid_date"]) == ("paid", 0, "2026-02-01")
    assert [payment["amount"] for payment in invoice["payments"]] == [1000, 500]
    types = [item["type"]["S"] for item in aws.items("events")]
    assert [kind for kind in types if kind.startswith(("payment", "invoice.pa"))] == [
        "invoice.partially_paid", "payment.created", "payment.succeeded",
        "invoice.paid", "payment.created", "payment.succeeded",
    ]  # fmt: skip


def test_more_than_is_due_is_refused_unless_it_may_become_credit(key: str, sent: Any, aws: Aws) -> None:
    answer = pay(key, sent["id"], {"amount": 1500.01})
    assert (answer.status, answer.error["type"], answer.error["code"]) == (
        422, "validation_error", "AMOUNT_EXCEEDS_DUE",
    )  # fmt: skip
    (detail,) = answer.error["details"]
    assert (detail["field"], detail["value"]) == ("amount", Decimal("1500.01"))
    assert aws.items("payments") == []
    paid = pay(key, sent["id"], {"amount": 1600, "allow_overpayment": True}).data
    assert (paid["amount"], paid["credited_amount"], paid["allocations"]) == (
        1600, 100, [{"invoice_id": sent["id"], "amount": 1500, "still_due": 0, "returned": 0, "refunds": []}],
    )  # fmt: skip
    assert get(key, sent["id"]).data["status"] == "paid"


def test_the_same_key_books_once(key: str, sent: Any, aws: Aws) -> None:
    first = pay(key, sent["id"], {"amount": 1500}, idempotency_key="k")
    again = pay(key, sent["id"], {"amount": 1500}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert len(aws.items("payments")) == 1


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "amount", "FIELD_REQUIRED"),
        ({"amount": 0}, "amount", "AMOUNT_INVALID"),
        ({"amount": -1}, "amount", "AMOUNT_INVALID"),
        ({"amount": "1,00"}, "amount", "AMOUNT_INVALID"),
        ({"amount": 1.001}, "amount", "AMOUNT_INVALID"),
        ({"amount": 1, "payment_method": "barter"}, "payment_method", "VALUE_INVALID"),
        ({"amount": 1, "payment_method": "customer_credit"}, "payment_method", "VALUE_INVALID"),
        ({"amount": 1, "payment_date": "yesterday"}, "payment_date", "DATE_INVALID"),
    ],
)
def test_a_wrong_field_is_named(key: str, sent: Any, body: Any, field: str, code: str) -> None:
    answer = pay(key, sent["id"], body)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_a_draft_or_a_cancelled_invoice_takes_no_payment(key: str, draft: Any) -> None:
    answer = pay(key, draft["id"], {"amount": 1})
    assert (answer.status, answer.error["code"], answer.error["status"]) == (409, "INVALID_INVOICE_STATE", "draft")
    parameters = {"invoice_id": draft["id"]}
    call("invoices/void_invoice", request("POST", "/invoices/x/void", {}, key=key, parameters=parameters))
    assert pay(key, draft["id"], {"amount": 1}).error["status"] == "cancelled"


def test_yen_have_no_decimals(key: str, customer: Any) -> None:
    body = NEW_INVOICE | {"currency": "JPY", "send_email": True, "customer_id": customer["id"]}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    assert pay(key, invoice["id"], {"amount": 0.5}).error["details"][0]["code"] == "AMOUNT_INVALID"
    assert b'"amount":500,' in pay(key, invoice["id"], {"amount": 500}).body


def test_another_version_than_the_current_one_is_refused(key: str, sent: Any) -> None:
    assert pay(key, sent["id"], {"amount": 1}, if_match='"v1"').status == 412
    assert pay(key, sent["id"], {"amount": 1}, if_match='"v2"').status == 201


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert pay(key, "inv_404", {"amount": 1}).error["code"] == "INVOICE_NOT_FOUND"


def test_a_discount_for_early_payment_is_offered_and_taken(key: str, customer: Any) -> None:
    assert customer
    body = NEW_INVOICE | {"send_email": True, "early_payment_discounts": [{"percent": "2.5", "days": 10}]}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    (offer,) = invoice["early_payment_discounts"]
    until = (date.fromisoformat(invoice["issue_date"]) + timedelta(days=10)).isoformat()
    assert offer == {
        "percent": Decimal("2.5"),
        "days": 10,
        "until": until,
        "discount": Decimal("37.50"),
        "amount": Decimal("1462.50"),
    }
    payment = pay(key, invoice["id"], {"amount": offer["amount"], "payment_date": invoice["issue_date"]}).data
    note_id = payment["discount_credit_note_id"]
    note = call(
        "credit_notes/get_credit_note",
        request("GET", f"/credit-notes/{note_id}", key=key, parameters={"credit_note_id": note_id}),
    ).data
    assert (note["kind"], note["total"], note["issue_date"]) == (
        "early_payment_discount", Decimal("37.50"), payment["payment_date"],
    )  # fmt: skip
    settled = get(key, invoice["id"]).data
    assert (settled["status"], settled["amount_due"], settled["amount_credited"]) == ("paid", 0, Decimal("37.50"))
    assert [each["id"] for each in settled["credit_notes"]] == [note_id]
    assert settled["early_payment_discounts"] == [offer | {"discount": None, "amount": None}]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"percent": 0, "days": 1}, "percent", "PERCENTAGE_INVALID"),
        ({"percent": 100, "days": 1}, "percent", "PERCENTAGE_INVALID"),
        ({"percent": 2, "days": 1000}, "days", "VALUE_INVALID"),
        ({"percent": 2, "days": 1.5}, "days", "TYPE_INVALID"),
    ],
)
def test_an_impossible_discount_is_refused(key: str, given: Any, field: str, code: str) -> None:
    body = NEW_INVOICE | {"early_payment_discounts": [given]}
    answer = call("invoices/create_invoice", request("POST", "/invoices", body, key=key))
    (detail,) = answer.error["details"]
    assert (detail["field"], detail["code"]) == (f"early_payment_discounts[0].{field}", code)
