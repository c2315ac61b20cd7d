from typing import Any

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, request

PARAMETERS = {"customer_id": "cust_123"}


def delete(key: str, **headers: str) -> Response:
    event = request("DELETE", "/customers/cust_123", key=key, headers=headers, parameters=PARAMETERS)
    return call("customers/delete_customer", event)


def get(key: str) -> Response:
    return call("customers/get_customer", request("GET", "/customers/cust_123", key=key, parameters=PARAMETERS))


def test_a_customer_without_invoices_is_gone(key: str, customer: Any, aws: Aws) -> None:
    answer = delete(key)
    assert (answer.status, answer.body) == (204, b"")
    assert get(key).status == 404
    assert delete(key).error["code"] == "CUSTOMER_NOT_FOUND"
    assert aws.items("customers") == []


def test_a_customer_with_invoices_is_archived_can_be_read_and_gets_no_new_ones(key: str, draft: Any) -> None:
    assert get(key).data["archived_at"] is None
    assert [delete(key).status for _ in range(2)] == [204, 204]
    assert get(key).data["archived_at"].endswith("Z")
    refused = call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key))
    assert (refused.status, refused.error["code"]) == (422, "INVALID_CUSTOMER")
    event = request("POST", "/invoices/x/send", {}, key=key, parameters={"invoice_id": draft["id"]})
    assert call("invoices/send_invoice", event).status == 200


def test_a_customer_that_changed_since_it_was_read_is_not_deleted(key: str, draft: Any) -> None:
    assert delete(key, **{"If-Match": '"v1"'}).status == 412
    assert delete(key, **{"If-Match": '"v2"'}).status == 204


def test_another_accounts_customer_is_not_found(customer: Any) -> None:
    assert delete(a_key()).status == 404
