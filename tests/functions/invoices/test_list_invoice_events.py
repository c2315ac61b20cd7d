from typing import Any

from tests.http import Response, a_key, call, request


def get(key: str, invoice_id: str, query: str = "") -> Response:
    parameters = {"invoice_id": invoice_id}
    event = request("GET", f"/invoices/{invoice_id}/events?{query}", key=key, parameters=parameters)
    return call("invoices/list_invoice_events", event)


def test_the_timeline_of_an_invoice_is_newest_first(key: str, sent: Any) -> None:
    answer = get(key, sent["id"])
    assert answer.status == 200
    assert [event["type"] for event in answer.data] == ["invoice.sent", "invoice.created"]
    assert {event["resource_id"] for event in answer.data} == {sent["id"]}
    assert answer.data[0]["data"]["invoice_number"] == sent["invoice_number"]
    assert answer.json["meta"]["pagination"]["total"] == 2


def test_it_is_filtered_and_paged(key: str, sent: Any) -> None:
    assert [event["type"] for event in get(key, sent["id"], "type=invoice.created").data] == ["invoice.created"]
    first = get(key, sent["id"], "per_page=1&order=asc")
    assert [event["type"] for event in first.data] == ["invoice.created"]
    second = get(key, sent["id"], first.json["links"]["next"].partition("?")[2])
    assert [event["type"] for event in second.data] == ["invoice.sent"]


def test_of_an_unknown_or_another_accounts_invoice_there_is_none(key: str, sent: Any) -> None:
    assert get(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
    assert get(a_key(), sent["id"]).status == 404


def test_the_resource_cannot_be_asked_for(key: str, sent: Any) -> None:
    assert get(key, sent["id"], "resource_id=cust_123").error["code"] == "INVALID_QUERY"
