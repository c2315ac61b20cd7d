from typing import Any

from tests.http import Response, a_key, call, request


def get(key: str, customer_id: str) -> Response:
    parameters = {"customer_id": customer_id}
    return call("customers/get_customer", request("GET", f"/customers/{customer_id}", key=key, parameters=parameters))


def test_a_customer_is_read_back(key: str, customer: Any) -> None:
    answer = get(key, "cust_123")
    assert answer.status == 200
    assert answer.data == customer
    assert answer.headers["ETag"] == '"v1"'
    assert answer.json["links"]["self"].endswith("/v1/invoicing/customers/cust_123")


def test_an_unknown_customer_is_not_found(key: str) -> None:
    answer = get(key, "cust_404")
    assert (answer.status, answer.error["code"]) == (404, "CUSTOMER_NOT_FOUND")


def test_another_accounts_customer_is_not_found(customer: Any) -> None:
    assert get(a_key(), customer["id"]).status == 404


def test_test_data_are_not_seen_with_a_live_key_of_another_account(customer: Any) -> None:
    assert get(a_key(mode="live"), customer["id"]).status == 404
