from typing import Any

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, request


def delete(key: str, invoice_id: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    parameters = {"invoice_id": invoice_id}
    event = request("DELETE", f"/invoices/{invoice_id}", key=key, headers=named, parameters=parameters)
    return call("invoices/delete_invoice", event)


def create(key: str, number: str) -> Any:
    body = NEW_INVOICE | {"invoice_number": number}
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data


def test_a_draft_is_gone_and_the_answer_is_empty(key: str, draft: Any, aws: Aws) -> None:
    answer = delete(key, draft["id"])
    assert (answer.status, answer.body) == (204, b"")
    assert "Content-Type" not in answer.headers
    assert answer.headers["X-Request-ID"]
    assert aws.items("invoices") == []
    assert delete(key, draft["id"]).error["code"] == "INVOICE_NOT_FOUND"


def test_the_clients_own_number_can_be_used_again(key: str, customer: Any, aws: Aws) -> None:
    assert delete(key, create(key, "OWN-1")["id"]).status == 204
    assert aws.items("invoices") == []
    assert create(key, "OWN-1")["invoice_number"] == "OWN-1"


def test_a_sent_invoice_stays(key: str, sent: Any, aws: Aws) -> None:
    before = aws.items("invoices")
    answer = delete(key, sent["id"])
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")
    assert aws.items("invoices") == before


def test_another_version_than_the_current_one_is_refused(key: str, draft: Any) -> None:
    assert delete(key, draft["id"], if_match='"v2"').status == 412
    assert delete(key, draft["id"], if_match='"v1"').status == 204


def test_another_accounts_draft_is_not_found(key: str, draft: Any, aws: Aws) -> None:
    assert delete(a_key(), draft["id"]).status == 404
    assert len(aws.items("invoices")) == 1
