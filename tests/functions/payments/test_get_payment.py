from typing import Any

from tests.functions.payments.asking import ask, pay
from tests.http import a_key


def test_a_payment_is_read_as_it_was_recorded(key: str, sent: Any) -> None:
    payment = pay(key, sent, 500)
    answer = ask(key, "get_payment", f"/payments/{payment['id']}")
    assert (answer.status, answer.data, answer.headers["ETag"]) == (200, payment, '"v1"')
    url = f"https://api.example.com/v1/invoicing/payments/{payment['id']}"
    links = answer.json["links"]
    assert (links["self"], links["refund"], links["reverse"]) == (url, f"{url}/refund", f"{url}/reverse")


def test_what_is_not_there_is_not_found(key: str, sent: Any) -> None:
    payment = pay(key, sent, 500)
    assert ask(key, "get_payment", "/payments/pay_404").error["code"] == "PAYMENT_NOT_FOUND"
    assert ask(a_key(), "get_payment", f"/payments/{payment['id']}").status == 404
