from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.payments.asking import ask, pay, read_invoice
from tests.http import Response


def reverse(key: str, payment: Any, body: Any, **headers: str) -> Response:
    return ask(key, "reverse_payment", f"/payments/{payment['id']}/reverse", body, **headers)


def test_a_bounced_check_is_undone(key: str, sent: Any, aws: Aws) -> None:
    payment = pay(key, sent, 1600, payment_method="check")
    answer = reverse(key, payment, {"reason": "The check bounced"})
    assert answer.status == 200
    assert (answer.data["status"], answer.data["reversal_reason"], answer.data["refunded_amount"]) == (
        "reversed", "The check bounced", 0,
    )  # fmt: skip
    assert answer.data["reversed_at"]
    links = answer.json["links"]
    assert (answer.headers["ETag"], links["reverse"], links["refund"]) == ('"v2"', None, None)
    invoice = read_invoice(key, sent)
    assert (invoice["amount_paid"], invoice["amount_due"]) == (0, 1500)
    types = [item["type"]["S"] for item in aws.items("events")]
    assert types[-3:] == ["invoice.updated", "invoice.overdue", "payment.reversed"]


def test_nothing_can_be_undone_twice(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    reverse(key, payment, {"reason": "Typed wrong"})
    answer = reverse(key, payment, {"reason": "Typed wrong"})
    assert (answer.status, answer.error["code"], answer.error["status"]) == (409, "INVALID_PAYMENT_STATE", "reversed")
    refused = ask(key, "refund_payment", f"/payments/{payment['id']}/refund", {})
    assert refused.error["code"] == "already_refunded"


@pytest.mark.parametrize(
    ("body", "code"), [({}, "FIELD_REQUIRED"), ({"reason": " "}, "TOO_SHORT"), ({"reason": None}, "TYPE_INVALID")]
)
def test_a_reason_is_needed(key: str, sent: Any, body: Any, code: str) -> None:
    answer = reverse(key, pay(key, sent, 1), body)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [("reason", code)]


def test_another_version_than_the_current_one_is_refused(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1)
    assert reverse(key, payment, {"reason": "x"}, if_match='"v7"').status == 412
    assert reverse(key, payment, {"reason": "x"}, if_match='"v1"').status == 200


def test_an_unknown_payment_is_not_found(key: str) -> None:
    assert reverse(key, {"id": "pay_404"}, {"reason": "x"}).error["code"] == "PAYMENT_NOT_FOUND"
