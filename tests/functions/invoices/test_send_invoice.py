from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request


def send(key: str, invoice_id: str, body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/invoices/{invoice_id}/send"
    parameters = {"invoice_id": invoice_id}
    return call("invoices/send_invoice", request("POST", path, body, key=key, headers=named, parameters=parameters))


def test_sending_issues_the_invoice_and_asks_for_one_email(key: str, draft: Any, aws: Aws) -> None:
    answer = send(key, draft["id"])
    assert answer.status == 200
    assert (answer.data["id"], answer.data["status"]) == (draft["id"], "sent")
    assert answer.data["invoice_number"] == "INV-2024-001"
    assert answer.headers["ETag"] == '"v2"'
    assert len(aws.items("deliveries")) == 1


def test_sending_again_emails_again_and_changes_nothing_else(key: str, sent: Any, aws: Aws) -> None:
    answer = send(key, sent["id"])
    assert (answer.data["sent_at"], answer.data["hosted_url"]) == (sent["sent_at"], sent["hosted_url"])
    assert len(aws.items("deliveries")) == 2
    assert answer.headers["ETag"] == '"v2"'


def test_without_email_it_is_only_marked_as_sent(key: str, draft: Any, aws: Aws) -> None:
    assert send(key, draft["id"], {"send_email": False}).data["status"] == "sent"
    assert aws.items("deliveries") == []


def test_credit_pays_the_invoice_at_once_where_the_customer_says_so(key: str, sent: Any, aws: Aws) -> None:
    body = {"amount": sent["total"] + 100, "allow_overpayment": True}
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    call("payments/record_invoice_payment", request("POST", path, body, key=key, parameters=parameters))
    event = request("PATCH", "/customers/x", {"apply_credit": "auto"}, key=key, parameters={"customer_id": "cust_123"})
    assert call("customers/update_customer", event).data["apply_credit"] == "auto"
    draft = call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key)).data
    assert send(key, draft["id"]).data["status"] == "partially_paid"
    path, parameters = f"/invoices/{draft['id']}", {"invoice_id": draft["id"]}
    invoice = call("invoices/get_invoice", request("GET", path, key=key, parameters=parameters)).data
    assert (invoice["amount_paid"], invoice["amount_due"]) == (100, draft["total"] - 100)
    assert [payment["payment_method"] for payment in invoice["payments"]] == ["customer_credit"]
    assert len(aws.items("payments")) == 2


def test_a_customer_without_an_address_cannot_be_emailed(key: str, aws: Aws) -> None:
    call("customers/create_customer", request("POST", "/customers", {"id": "cust_9", "name": "B"}, key=key))
    body = NEW_INVOICE | {"customer_id": "cust_9"}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    answer = send(key, invoice["id"])
    assert answer.status == 422
    assert answer.error["details"][0]["code"] == "RECIPIENT_MISSING"
    assert aws.items("deliveries") == []
    assert send(key, invoice["id"], {"to": "else@where.example"}).status == 200


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"to": []}, "to", "TOO_FEW"),
        ({"to": "nobody"}, "to[0]", "EMAIL_INVALID"),
        ({"cc": ["a@b.example"] * 11}, "cc", "TOO_MANY"),
        ({"email_subject": ""}, "email_subject", "TOO_SHORT"),
        ({"template": "x"}, "template", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named(key: str, draft: Any, body: Any, field: str, code: str) -> None:
    answer = send(key, draft["id"], body)
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_another_version_than_the_current_one_is_refused(key: str, draft: Any) -> None:
    for tag in ('"v2"', '"v0"', "nonsense"):
        answer = send(key, draft["id"], if_match=tag)
        assert (answer.status, answer.error["code"]) == (412, "ETAG_MISMATCH")
    assert send(key, draft["id"], if_match='"v1"').status == 200
    assert send(key, draft["id"], if_match='"v1"').status == 412
    assert send(key, draft["id"], if_match="*").status == 200


def test_the_same_key_again_sends_no_second_email(key: str, draft: Any, aws: Aws) -> None:
    first = send(key, draft["id"], idempotency_key="k", if_match='"v1"')
    # Under If-Match the second one could no longer work: its key says that it already did.
    again = send(key, draft["id"], idempotency_key="k", if_match='"v1"')
    assert again.body == first.body
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(aws.items("deliveries")) == 1


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert send(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"


def in_days(days: int) -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=days)


def read(key: str, invoice_id: str) -> Response:
    path, parameters = f"/invoices/{invoice_id}", {"invoice_id": invoice_id}
    return call("invoices/get_invoice", request("GET", path, key=key, parameters=parameters))


def test_a_send_that_is_scheduled_is_in_all_answers_and_changes_nothing_else(key: str, draft: Any, aws: Aws) -> None:
    at = in_days(2)
    text = at.strftime("%Y-%m-%dT%H:%M:00.000Z")
    answer = send(key, draft["id"], {"send_at": at.strftime("%Y-%m-%dT%H:%M")}, if_match='"v1"')
    assert answer.status == 200
    assert (answer.data["status"], answer.data["invoice_number"], answer.data["sent_at"]) == ("draft", None, None)
    assert (answer.data["scheduled_send_at"], answer.data["scheduled_send_error"]) == (text, None)
    assert answer.headers["ETag"] == '"v2"'
    assert aws.items("deliveries") == []
    invoice = read(key, draft["id"])
    assert (invoice.data["scheduled_send_at"], invoice.headers["ETag"]) == (text, '"v2"')
    changed = {"scheduled_send_at", "updated_at"}
    assert {name for name in draft if invoice.data[name] != draft[name]} <= changed
    (listed,) = call("invoices/list_invoices", request("GET", "/invoices", key=key)).data
    assert listed["scheduled_send_at"] == text


def test_an_instant_has_an_offset_and_null_is_now(key: str, draft: Any) -> None:
    at = in_days(2)
    texts = (
        at.strftime("%Y-%m-%dT%H:%M:00Z"),
        (at + timedelta(hours=5, minutes=45)).strftime("%Y-%m-%dt%H:%M:00+05:45"),
    )
    for text in texts:
        answer = send(key, draft["id"], {"send_at": text})
        assert answer.data["scheduled_send_at"] == at.strftime("%Y-%m-%dT%H:%M:00.000Z")
    answer = send(key, draft["id"], {"send_at": None})
    assert (answer.data["status"], answer.data["scheduled_send_at"]) == ("sent", None)


@pytest.mark.parametrize(
    "at",
    [
        "", "2099-13-01T09:00", "2099-02-29T09:00", "2099-01-01T24:00", "2099-01-01T09:60", "2099-01-01 09:00",
        "2099-01-01T09:00Z", "2099-01-01T09:00:00", "2099-01-01T09:00:60Z", "2099-01-01T09:00:00+24:00",
        "20990101T0900", "٢٠٩٩-٠١-٠١T٠٩:٠٠", "0000-01-01T00:00", 4070908800, True, ["2099-01-01T09:00"],
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_the_forms_there_are(key: str, draft: Any, at: Any) -> None:
    (detail,) = send(key, draft["id"], {"send_at": at}).error["details"]
    assert (detail["field"], detail["code"]) == ("send_at", "SEND_AT_INVALID")
    assert "2027-01-01T09:00" in detail["message"]


def test_a_customer_without_an_address_is_noticed_when_scheduling(key: str, aws: Aws) -> None:
    call("customers/create_customer", request("POST", "/customers", {"id": "cust_9", "name": "B"}, key=key))
    body = NEW_INVOICE | {"customer_id": "cust_9"}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    at = {"send_at": in_days(1).isoformat()}
    assert send(key, invoice["id"], at).error["details"][0]["code"] == "RECIPIENT_MISSING"
    assert [item for item in aws.items("invoices") if "due_at" in item] == []
    assert send(key, invoice["id"], at | {"to": "else@where.example"}).status == 200
