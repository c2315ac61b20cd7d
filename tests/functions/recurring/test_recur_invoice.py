from typing import Any

from tests.functions.recurring.asking import get, preview
from tests.http import Response, call, request


def recur(key: str, invoice_id: str, **fields: Any) -> Response:
    body = {"frequency": "yearly", "start_date": "2100-02-28"} | fields
    parameters = {"invoice_id": invoice_id}
    event = request("POST", f"/invoices/{invoice_id}/recur", body, key=key, parameters=parameters)
    return call("recurring/recur_invoice", event)


def test_an_invoice_becomes_a_schedule(key: str, sent: Any) -> None:
    answer = recur(key, sent["id"], on_generate="draft")
    assert answer.status == 201, answer.body
    links = answer.json["links"]
    assert answer.headers["Location"] == links["self"]
    assert links["invoice"].endswith(f"/invoices/{sent['id']}")
    assert get(key, answer.data["id"]).data == answer.data
    (first,) = preview(key, answer.data["id"], "count=1").data
    assert (first["occurrence_date"], first["total"]) == ("2100-02-28", sent["total"])


def test_what_an_invoice_has_in_it_is_not_said_again(key: str, draft: Any) -> None:
    answer = recur(key, draft["id"], items=[])
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [("items", "FIELD_UNKNOWN")]


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert recur(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
