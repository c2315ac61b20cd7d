from typing import Any

from tests.http import Response, call, request


def balance(key: str, customer_id: str) -> Response:
    parameters = {"customer_id": customer_id}
    event = request("GET", f"/customers/{customer_id}/balance", key=key, parameters=parameters)
    return call("customers/get_customer_balance", event)


def test_it_is_what_is_due_less_the_credit(key: str, sent: Any) -> None:
    answer = balance(key, "cust_123")
    assert answer.status == 200
    assert answer.data == {
        "customer_id": "cust_123",
        "balances": [
            {
                "currency": "USD", "amount_due": 1500, "overdue": 1500, "credit": 0, "post_dated": 0, "balance": 1500,
                "open_invoices": 1,
            }
        ],
    }  # fmt: skip
    assert b'"balance":1500.00' in answer.body
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    body = {"amount": 1600, "allow_overpayment": True}
    call("payments/record_invoice_payment", request("POST", path, body, key=key, parameters=parameters))
    (after,) = balance(key, "cust_123").data["balances"]
    assert (after["amount_due"], after["credit"], after["balance"], after["open_invoices"]) == (0, 100, -100, 0)


def test_a_customer_links_to_it(key: str, customer: Any) -> None:
    parameters = {"customer_id": customer["id"]}
    answer = call("customers/get_customer", request("GET", "/customers/cust_123", key=key, parameters=parameters))
    assert answer.json["links"]["balance"].endswith("/customers/cust_123/balance")
    assert answer.json["links"]["statement"].endswith("/customers/cust_123/statement")


def test_an_unknown_customer_has_none(key: str) -> None:
    answer = balance(key, "cust_404")
    assert (answer.status, answer.error["code"]) == (404, "CUSTOMER_NOT_FOUND")
