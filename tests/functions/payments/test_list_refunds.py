from typing import Any

from tests.functions.payments.asking import ask, pay


def test_refunds_are_listed_newest_first(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    made = [ask(key, "refund_payment", f"/payments/{payment['id']}/refund", {"amount": each}).data for each in (1, 2)]
    answer = ask(key, "list_refunds", f"/payments/{payment['id']}/refunds")
    assert (answer.status, answer.data) == (200, made[::-1])
    assert answer.json["meta"]["pagination"] == {
        "page": 1, "per_page": 20, "total": 2, "total_pages": 1, "has_next": False, "has_previous": False,
    }  # fmt: skip
    assert answer.json["links"]["self"].endswith(f"/payments/{payment['id']}/refunds")


def test_there_may_be_none(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1)
    assert ask(key, "list_refunds", f"/payments/{payment['id']}/refunds").data == []
    assert ask(key, "list_refunds", "/payments/pay_404/refunds").error["code"] == "PAYMENT_NOT_FOUND"
