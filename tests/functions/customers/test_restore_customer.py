from typing import Any

import pytest

from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, request

PARAMETERS = {"customer_id": "cust_123"}


def restore(key: str, **headers: str) -> Response:
    event = request("POST", "/customers/cust_123/restore", key=key, headers=headers, parameters=PARAMETERS)
    return call("customers/restore_customer", event)


def delete(key: str) -> int:
    event = request("DELETE", "/customers/cust_123", key=key, parameters=PARAMETERS)
    return call("customers/delete_customer", event).status


def get(key: str) -> Response:
    return call("customers/get_customer", request("GET", "/customers/cust_123", key=key, parameters=PARAMETERS))


def listed(key: str, archived: str) -> list[str]:
    answer = call("customers/list_customers", request("GET", f"/customers?archived={archived}", key=key))
    return [each["id"] for each in answer.data]


@pytest.mark.usefixtures("draft")
def test_an_archived_customer_is_listed_and_invoiced_again(key: str) -> None:
    assert delete(key) == 204
    assert get(key).json["links"]["restore"].endswith("/customers/cust_123/restore")
    assert (listed(key, "true"), listed(key, "false")) == (["cust_123"], [])
    answer = restore(key)
    assert (answer.status, answer.data["archived_at"], answer.json["links"]["restore"]) == (200, None, None)
    assert answer.data == get(key).data
    assert answer.headers["ETag"] == get(key).headers["ETag"]
    assert (listed(key, "true"), listed(key, "false")) == ([], ["cust_123"])
    assert call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key)).status == 201


@pytest.mark.usefixtures("draft")
def test_restoring_a_customer_that_is_not_archived_changes_nothing(key: str) -> None:
    before = get(key)
    assert [restore(key).data for _ in range(2)] == [before.data] * 2
    assert get(key).headers["ETag"] == before.headers["ETag"]


@pytest.mark.usefixtures("draft")
def test_the_same_key_gives_the_first_answer_again_and_undoes_no_later_deletion(key: str) -> None:
    delete(key)
    first = restore(key, **{"Idempotency-Key": "back"})
    assert delete(key) == 204
    again = restore(key, **{"Idempotency-Key": "back"})
    assert (again.status, again.data) == (200, first.data)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert get(key).data["archived_at"] is not None


@pytest.mark.usefixtures("draft")
def test_a_customer_that_changed_since_it_was_read_is_not_restored(key: str) -> None:
    delete(key)
    assert restore(key, **{"If-Match": '"v2"'}).status == 412
    assert get(key).data["archived_at"] is not None
    assert restore(key, **{"If-Match": '"v3"'}).status == 200


def test_a_customer_that_was_removed_or_is_anothers_is_not_found(key: str, customer: Any) -> None:
    assert restore(a_key()).status == 404
    assert delete(key) == 204
    assert restore(key).error["code"] == "CUSTOMER_NOT_FOUND"
