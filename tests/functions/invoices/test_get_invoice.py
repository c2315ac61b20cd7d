from typing import Any

from tests.http import Response, a_key, call, request


def get(key: str, invoice_id: str) -> Response:
    parameters = {"invoice_id": invoice_id}
    return call("invoices/get_invoice", request("GET", f"/invoices/{invoice_id}", key=key, parameters=parameters))


def test_a_draft_is_read_back_as_it_was_created(key: str, draft: Any) -> None:
    answer = get(key, draft["id"])
    assert answer.status == 200
    assert answer.data == draft
    assert answer.json["links"]["send"].endswith(f"/invoices/{draft['id']}/send")


def test_a_draft_has_the_name_that_its_customer_has_now(key: str, draft: Any) -> None:
    path, parameters = "/customers/cust_123", {"customer_id": "cust_123"}
    renamed = request("PATCH", path, {"name": "Ada King"}, key=key, parameters=parameters)
    assert call("customers/update_customer", renamed).status == 200
    answer = get(key, draft["id"])
    assert answer.data["customer"]["name"] == "Ada King"
    assert answer.headers["ETag"] == '"v1"'


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    answer = get(key, "inv_404")
    assert (answer.status, answer.error["code"]) == (404, "INVOICE_NOT_FOUND")


def test_another_accounts_invoice_is_not_found(draft: Any) -> None:
    assert get(a_key(), draft["id"]).status == 404


def test_other_things_of_the_same_table_are_not_invoices(key: str, sent: Any) -> None:
    assert get(key, f"number#{sent['invoice_number']}").status == 404
