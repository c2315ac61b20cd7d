from typing import Any

from tests.functions.payments.asking import a_sent_invoice, ask, pay


def test_a_payment_is_read_by_the_invoice_it_paid(key: str, sent: Any) -> None:
    payment = pay(key, sent, 500)
    answer = ask(key, "get_invoice_payment", f"/invoices/{sent['id']}/payments/{payment['id']}")
    assert (answer.status, answer.data, answer.headers["ETag"]) == (200, payment, '"v1"')


def test_a_payment_of_another_invoice_is_not_found(key: str, sent: Any) -> None:
    payment = pay(key, a_sent_invoice(key), 50)
    for path, code in (
        (f"/invoices/{sent['id']}/payments/{payment['id']}", "PAYMENT_NOT_FOUND"),
        (f"/invoices/{sent['id']}/payments/pay_404", "PAYMENT_NOT_FOUND"),
        (f"/invoices/inv_404/payments/{payment['id']}", "INVOICE_NOT_FOUND"),
    ):
        answer = ask(key, "get_invoice_payment", path)
        assert (answer.status, answer.error["code"]) == (404, code)
