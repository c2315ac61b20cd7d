from typing import Any

from tests.aws import Aws
from tests.http import Response, call, request


def duplicate(key: str, invoice_id: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    parameters = {"invoice_id": invoice_id}
    event = request("POST", f"/invoices/{invoice_id}/duplicate", key=key, headers=named, parameters=parameters)
    return call("invoices/duplicate_invoice", event)


def get(key: str, invoice_id: str) -> Any:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event).data


def test_a_new_draft_says_the_same_today(key: str, sent: Any) -> None:
    answer = duplicate(key, sent["id"])
    assert answer.status == 201
    draft = answer.data
    assert (draft["status"], draft["invoice_number"], draft["hosted_url"]) == ("draft", None, None)
    assert draft["id"] != sent["id"]
    assert (draft["total"], draft["currency"]) == (sent["total"], sent["currency"])
    assert draft["issue_date"] == draft["created_at"][:10] == draft["due_date"]
    links = answer.json["links"]
    assert answer.headers["Location"] == links["self"]
    assert links["self"].endswith(f"/invoices/{draft['id']}")
    assert links["original"].endswith(f"/invoices/{sent['id']}")
    assert get(key, draft["id"]) == draft
    assert get(key, sent["id"]) == sent


def test_the_same_key_again_makes_no_second_duplicate(key: str, draft: Any, aws: Aws) -> None:
    first = duplicate(key, draft["id"], idempotency_key="k")
    again = duplicate(key, draft["id"], idempotency_key="k")
    assert again.body == first.body
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(aws.items("invoices")) == 2


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert duplicate(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
