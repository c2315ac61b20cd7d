from typing import Any
from urllib.parse import quote

from tests.aws import Aws
from tests.functions.credit_notes.requests import credit
from tests.functions.payments.asking import a_sent_invoice
from tests.http import Response, call, load_handler, request
from tests.messages import messages_of


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


def test_they_are_found_among_those_of_the_invoice(aws: Aws, key: str, sent: Any, note: Any) -> None:
    other = a_sent_invoice(key)
    elsewhere = credit(key, other["id"], {"reason": "Cancelled"}).data
    assert load_handler("reactions/update_search")({"Records": messages_of(aws)}, None) == {"batchItemFailures": []}
    name = quote(note["customer"]["name"])
    assert notes(key, sent["id"], f"?search={name}").data == [note]
    assert notes(key, other["id"], f"?search={name}").data == [elsewhere]
    assert notes(key, sent["id"], f"?search={quote(elsewhere['credit_note_number'])}").data == []
    assert notes(key, sent["id"], "?customer_id=cust_123").error["code"] == "INVALID_QUERY"
