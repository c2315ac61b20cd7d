from typing import Any

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
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


def make(key: str, file: str, path: str, body: Any, **parameters: str) -> Any:
    answer = call(file, request("POST", path, body, key=key, parameters=parameters))
    assert answer.status == 201, answer.json
    return answer.data


def test_a_payment_a_refund_a_credit_note_and_a_delivery_show_as_themselves(key: str, sent: Any, aws: Aws) -> None:
    path, of_invoice = f"/invoices/{sent['id']}", {"invoice_id": sent["id"]}
    Mailing(aws, key).report("ada@example.com", "delivery")
    paid = make(key, "payments/record_invoice_payment", f"{path}/payments", {"amount": 100}, **of_invoice)
    refund_path = f"/payments/{paid['id']}/refund"
    make(key, "payments/refund_payment", refund_path, {"amount": 30}, payment_id=paid["id"])
    credit = {"reason": "Returned", "items": [{"line_id": sent["items"][0]["id"], "quantity": 1}]}
    note = make(key, "credit_notes/create_credit_note", f"{path}/credit-notes", credit, **of_invoice)
    told = get(key, sent["id"], "order=asc").data
    not_by_date = [each for each in told if each["type"] != "invoice.overdue"]
    assert [(each["type"], each["resource_id"]) for each in not_by_date] == [
        ("invoice.created", sent["id"]),
        ("invoice.sent", sent["id"]),
        ("invoice.email_delivered", sent["id"]),
        ("invoice.partially_paid", sent["id"]),
        ("payment.created", paid["id"]),
        ("payment.succeeded", paid["id"]),
        ("invoice.updated", sent["id"]),
        ("payment.refunded", paid["id"]),
        ("invoice.updated", sent["id"]),
        ("credit_note.created", note["id"]),
    ]
    (refunded,) = get(key, sent["id"], "type=payment.refunded").data
    assert (refunded["data"]["amount"], refunded["data"]["refunded_amount"]) == (30, 30)
    pages = [get(key, sent["id"], f"order=asc&per_page=4&page={page}").data for page in (1, 2, 3)]
    assert [each["id"] for page in pages for each in page] == [each["id"] for each in told]


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
