from typing import Any

from tests.functions.credit_notes.requests import credit
from tests.http import Response, call, request


def notes(key: str, invoice_id: str, query: str = "") -> Response:
    path, parameters = f"/invoices/{invoice_id}/credit-notes{query}", {"invoice_id": invoice_id}
    event = request("GET", path, key=key, parameters=parameters)
    return call("credit_notes/list_invoice_credit_notes", event)


def test_those_of_the_invoice_newest_first(key: str, sent: Any, note: Any) -> None:
    rest = credit(key, sent["id"], {"reason": "Cancelled"}).data
    assert notes(key, sent["id"]).data == [rest, note]
    assert notes(key, sent["id"], "?order=asc&fields=id").data == [{"id": note["id"]}, {"id": rest["id"]}]


def test_an_invoice_without_any_and_an_unknown_one(key: str, sent: Any) -> None:
    assert (notes(key, sent["id"]).status, notes(key, sent["id"]).data) == (200, [])
    assert notes(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
