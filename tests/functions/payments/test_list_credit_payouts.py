from typing import Any

from tests.functions.payments.asking import a_sent_invoice, ask, pay

PATH = "/customers/cust_123/credit-payouts"


def test_payouts_are_listed_newest_first(key: str, customer: Any) -> None:
    pay(key, a_sent_invoice(key), 120)
    assert ask(key, "list_credit_payouts", PATH).data == []
    made = [ask(key, "pay_out_credit", PATH, {"amount": amount}).data for amount in (5, 6)]
    answer = ask(key, "list_credit_payouts", PATH)
    assert (answer.status, answer.data) == (200, made[::-1])
    assert answer.json["meta"]["pagination"]["total"] == 2
    assert answer.json["links"]["self"].endswith(PATH)


def test_an_unknown_customer_is_not_found(key: str) -> None:
    answer = ask(key, "list_credit_payouts", "/customers/cust_404/credit-payouts")
    assert (answer.status, answer.error["code"]) == (404, "CUSTOMER_NOT_FOUND")
