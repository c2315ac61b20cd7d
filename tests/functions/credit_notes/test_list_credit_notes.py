from typing import Any
from urllib.parse import quote

from tests.aws import Aws
from tests.functions.credit_notes.requests import credit
from tests.http import Response, call, load_handler, request
from tests.messages import messages_of


def notes(key: str, query: str = "") -> Response:
    return call("credit_notes/list_credit_notes", request("GET", f"/credit-notes{query}", key=key))


def test_the_newest_comes_first(key: str, sent: Any, note: Any) -> None:
    rest = credit(key, sent["id"], {"reason": "Cancelled"}).data
    answer = notes(key, "?per_page=1")
    assert answer.data == [rest]
    assert answer.json["meta"]["pagination"]["total"] == 2
    query = answer.json["links"]["next"].partition("?")[2]
    assert notes(key, f"?{query}").data == [note]
    assert notes(key, "?order=asc&fields=id").data == [{"id": note["id"]}, {"id": rest["id"]}]


def test_filters(key: str, note: Any) -> None:
    for name in ("customer_id", "invoice_id"):
        assert notes(key, f"?{name}={note[name]}").data == [note]
        assert notes(key, f"?{name}=other").data == []
    assert notes(key, f"?created_at={note['created_at'][:10]}").data == [note]
    assert notes(key, "?filter[created_at][lt]=2020-01-01").data == []
    assert notes(key, f"?issue_date={note['issue_date']}&sort=issue_date").data == [note]
    assert notes(key, f"?filter[issue_date][gt]={note['issue_date']}").data == []
    assert notes(key, "?status=sent").error["code"] == "INVALID_QUERY"


def test_they_are_found_by_number_and_customer(aws: Aws, key: str, note: Any) -> None:
    number, buyer = note["credit_note_number"], note["customer"]
    for messages in (messages_of(aws), messages_of(aws)[::-1]):
        assert load_handler("reactions/update_search")({"Records": messages}, None) == {"batchItemFailures": []}
        for search in (number, number.lower()[:5], buyer["name"].upper(), buyer["email"][:4]):
            assert notes(key, f"?search={quote(search)}").data == [note]
    assert notes(key, f"?search={quote(number)}&invoice_id=other").data == []
    assert notes(key, "?search=nobody").data == []
