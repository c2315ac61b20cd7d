from typing import Any

from tests.functions.payments.asking import a_sent_invoice, ask, pay
from tests.http import Response, a_key


def get(key: str, invoice_id: str, query: str = "") -> Response:
    return ask(key, "list_invoice_payments", f"/invoices/{invoice_id}/payments?{query}")


def test_the_payments_of_an_invoice_are_listed_newest_first(key: str, sent: Any) -> None:
    payments = [pay(key, sent, amount) for amount in (1, 2)]
    pay(key, a_sent_invoice(key), 3)
    answer = get(key, sent["id"])
    assert (answer.status, answer.data) == (200, payments[::-1])
    assert answer.json["meta"]["pagination"]["total"] == 2
    assert get(key, sent["id"], "limit=1&offset=1").data == payments[:1]
    assert get(key, sent["id"], "payment_method=check").data == []


def test_one_payment_may_be_in_the_lists_of_several(key: str, sent: Any) -> None:
    other = a_sent_invoice(key)
    shares = [{"invoice_id": invoice["id"], "amount": 10} for invoice in (sent, other)]
    body = {"customer_id": "cust_123", "amount": 20, "allocations": shares}
    payment = ask(key, "record_payment", "/payments", body).data
    assert get(key, sent["id"]).data == get(key, other["id"]).data == [payment]


def test_of_an_unknown_or_another_accounts_invoice_there_are_none(key: str, sent: Any) -> None:
    assert get(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
    assert get(a_key(), sent["id"]).status == 404


def test_another_invoice_cannot_be_asked_for(key: str, sent: Any) -> None:
    assert get(key, sent["id"], "invoice_id=inv_1").error["code"] == "INVALID_QUERY"
