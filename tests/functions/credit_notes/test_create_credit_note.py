import email
import io
from decimal import Decimal
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdf
import pytest
from moto.ses.models import ses_backends

from tests.aws import AWS_ACCOUNT, REGION, Aws
from tests.functions.credit_notes.requests import credit, get_invoice
from tests.functions.reactions.test_deliver_email import deliver
from tests.http import call, request
from tests.messages import message_of


def test_a_part_of_an_invoice_is_credited(key: str, sent: Any) -> None:
    (line,) = sent["items"]
    answer = credit(key, sent["id"], {"reason": "Returned", "items": [{"line_id": line["id"], "quantity": 2.5}]})
    assert answer.status == 201
    note = answer.data
    assert note["id"].startswith("cn_")
    assert note["credit_note_number"].startswith("CN-20")
    assert note["credit_note_number"].endswith("-001")
    assert (note["invoice_id"], note["invoice_number"], note["reason"]) == (
        sent["id"], sent["invoice_number"], "Returned",
    )  # fmt: skip
    assert (note["total"], note["applied_to_invoice"], note["credited_to_customer"]) == (375, 375, 0)
    assert [(item["line_id"], item["quantity"], item["total"]) for item in note["items"]] == [
        (line["id"], Decimal("2.5"), 375)
    ]
    assert b'"total":375.00,' in answer.body
    assert (note["hosted_url"], note["sent_at"]) == (sent["hosted_url"], None)
    assert answer.headers["Location"].endswith(f"/credit-notes/{note['id']}")
    assert answer.headers["ETag"] == '"v1"'
    assert answer.json["links"]["pdf"] == note["pdf_url"]
    invoice = get_invoice(key, sent["id"])
    assert (invoice.data["status"], invoice.data["amount_credited"], invoice.data["amount_due"]) == ("sent", 375, 1125)
    assert invoice.json["links"]["credit"].endswith(f"/invoices/{sent['id']}/credit-notes")


def test_an_amount_or_a_percentage_is_credited(key: str, sent: Any) -> None:
    (line,) = sent["items"]
    first = credit(key, sent["id"], {"reason": "Late", "items": [{"line_id": line["id"], "percentage": "12.5"}]})
    second = credit(key, sent["id"], {"reason": "Late", "items": [{"line_id": line["id"], "amount": 99.99}]})
    wrong = credit(key, sent["id"], {"reason": "Late", "items": [{"line_id": line["id"], "percentage": 87.5}]})
    rest = credit(key, sent["id"], {"reason": "Returned", "items": [{"line_id": line["id"], "quantity": 10}]})
    asked = [
        [item[name] for name in ("quantity", "amount", "percentage", "total")]
        for answer in (first, second, rest)
        for item in answer.data["items"]
    ]
    assert asked == [
        [None, None, Decimal("12.5"), Decimal("187.50")],
        [None, Decimal("99.99"), None, Decimal("99.99")],
        [10, None, None, Decimal("1212.51")],
    ]
    assert (wrong.status, wrong.error["details"][0]["code"]) == (422, "PERCENTAGE_EXCEEDS_INVOICE")
    assert get_invoice(key, sent["id"]).data["amount_due"] == 0


def test_without_items_it_is_all_that_is_left(key: str, sent: Any, note: Any) -> None:
    rest = credit(key, sent["id"], {"reason": "Cancelled"}).data
    assert (rest["total"], rest["items"][0]["quantity"]) == (1200, 8)
    assert rest["credit_note_number"] > note["credit_note_number"]
    assert get_invoice(key, sent["id"]).data["status"] == "paid"
    refused = credit(key, sent["id"], {"reason": "Once more"})
    assert (refused.status, refused.error["code"], refused.error["status"]) == (409, "INVALID_INVOICE_STATE", "paid")


def test_what_was_paid_becomes_credit(key: str, sent: Any, aws: Aws) -> None:
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    event = request("POST", path, {"amount": 1500}, key=key, parameters=parameters)
    assert call("payments/record_invoice_payment", event).status == 201
    note = credit(key, sent["id"], {"reason": "Returned"}).data
    assert (note["applied_to_invoice"], note["credited_to_customer"]) == (0, 1500)
    invoice = get_invoice(key, sent["id"]).data
    assert (invoice["amount_credited"], invoice["credited_to_customer"], invoice["amount_due"]) == (1500, 1500, 0)
    names = ("id", "credit_note_number", "issue_date", "total", "voided_at")
    assert invoice["credit_notes"] == [{name: note[name] for name in names}]
    (held,) = (item for item in aws.items("ledger") if item["sk"]["S"] == "credit#USD")
    assert held["amount"]["N"] == "150000"


def test_the_same_key_credits_once(key: str, sent: Any, aws: Aws) -> None:
    first = credit(key, sent["id"], {"reason": "Returned"}, idempotency_key="k")
    again = credit(key, sent["id"], {"reason": "Returned"}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert len(aws.items("credit_notes")) == 1


def test_its_email_is_sent_with_it(key: str, sent: Any, aws: Aws) -> None:
    note = credit(key, sent["id"], {"reason": "Returned", "send_email": True, "email_message": "Sorry!"}).data
    assert note["sent_at"] == note["created_at"]
    (event,) = (item for item in aws.items("events") if item["type"]["S"] == "credit_note.sent")
    assert deliver(message_of(event)) == []
    (mail,) = ses_backends[AWS_ACCOUNT][REGION].sent_messages
    assert set(mail.destinations) == {"ada@example.com"}
    message = email.message_from_string(mail.raw_data, EmailMessage, policy=default)
    assert message["Subject"] == f"[Test] Credit note {note['credit_note_number']} from Sample Ltd"
    assert "Sorry!" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == f"{note['credit_note_number']}.pdf"
    text = pypdf.PdfReader(io.BytesIO(attachment.get_content())).pages[0].extract_text()
    assert note["credit_note_number"] in text


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "reason", "FIELD_REQUIRED"),
        ({"reason": ""}, "reason", "TOO_SHORT"),
        ({"reason": "x", "items": []}, "items", "TOO_FEW"),
        ({"reason": "x", "items": [{"line_id": "item_1", "amount": 0}]}, "items[0].amount", "AMOUNT_INVALID"),
        ({"reason": "x", "items": [{"line_id": "i", "percentage": 0}]}, "items[0].percentage", "PERCENTAGE_INVALID"),
        ({"reason": "x", "items": [{"line_id": "item_1", "quantity": 0}]}, "items[0].quantity", "QUANTITY_INVALID"),
        ({"reason": "x", "items": [{"line_id": "item_1", "quantity": 1}]}, "items[0].line_id", "LINE_NOT_FOUND"),
        ({"reason": "x", "send_email": "yes"}, "send_email", "TYPE_INVALID"),
    ],
)
def test_a_wrong_field_is_named(key: str, sent: Any, body: Any, field: str, code: str) -> None:
    answer = credit(key, sent["id"], body)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_more_than_the_invoice_has_is_refused(key: str, sent: Any, aws: Aws) -> None:
    body = {"reason": "Returned", "items": [{"line_id": sent["items"][0]["id"], "quantity": 11}]}
    answer = credit(key, sent["id"], body)
    (detail,) = answer.error["details"]
    assert (answer.status, detail["field"], detail["code"], detail["value"]) == (
        422, "items[0].quantity", "QUANTITY_EXCEEDS_INVOICE", 11,
    )  # fmt: skip
    assert aws.items("credit_notes") == []


def test_a_draft_an_unknown_invoice_or_another_version_is_refused(key: str, draft: Any) -> None:
    assert credit(key, draft["id"], {"reason": "x"}).error["status"] == "draft"
    assert credit(key, "inv_404", {"reason": "x"}).error["code"] == "INVOICE_NOT_FOUND"
    assert credit(key, draft["id"], {"reason": "x"}, if_match='"v9"').status == 412


def test_lists_by_number_have_invoices_only(key: str, sent: Any, note: Any) -> None:
    """The numbers of both lie in one table, so that each exists once."""
    answer = call("invoices/list_invoices", request("GET", "/invoices?sort=invoice_number&per_page=1", key=key))
    assert [invoice["id"] for invoice in answer.data] == [sent["id"]]
    assert answer.json["meta"]["pagination"] | {"total": 1, "has_next": False} == answer.json["meta"]["pagination"]


def test_the_audit_shows_both_series(key: str, sent: Any, note: Any) -> None:
    found = call("account/audit_numbering", request("GET", "/account/numbering/audit", key=key)).data
    shown = [(period["series_id"], period["first"], period["count"], period["gaps"]) for period in found["series"]]
    assert shown == [
        ("series_credit_note", note["credit_note_number"], 1, []),
        ("series_invoice", sent["invoice_number"], 1, []),
    ]
