"""POST /payments/{payment_id}/receipt/send, and what the worker hands to SES."""

import email
import io
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdf
import pytest

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.functions.payments.asking import ask, pay
from tests.http import Response, call, request
from tests.prepared import prepared


def send(key: str, payment_id: str, body: Any, **headers: str) -> Response:
    return ask(key, "send_payment_receipt", f"/payments/{payment_id}/receipt/send", body, **headers)


def deliveries(key: str, query: str) -> Any:
    return call("deliveries/list_deliveries", request("GET", f"/deliveries?{query}", key=key)).data


@pytest.fixture
@prepared
def payment(key: str, sent: Any) -> Any:
    return pay(key, sent, 1600, reference="TX-1")


def test_each_request_asks_for_one_email(key: str, payment: Any, aws: Aws) -> None:
    first = send(key, payment["id"], {}, idempotency_key="k")
    again = send(key, payment["id"], {}, idempotency_key="k")
    assert (first.status, first.headers["ETag"], again.body) == (200, '"v1"', first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.data == payment
    assert first.json["links"]["send_receipt"].endswith(f"/payments/{payment['id']}/receipt/send")
    assert send(key, payment["id"], {"to": "a@example.com"}, idempotency_key="k").error["code"] == (
        "IDEMPOTENCY_KEY_REUSED"
    )
    assert send(key, payment["id"], {"to": "a@example.com", "email_subject": "Paid"}).status == 200
    shown = deliveries(key, f"payment_id={payment['id']}")
    assert [(each["recipient"], each["subject"], each["status"]) for each in shown] == [
        ("a@example.com", "Paid", "queued"), ("ada@example.com", None, "queued"),
    ]  # fmt: skip
    assert {(each["payment_id"], each["invoice_id"]) for each in shown} == {(payment["id"], None)}
    assert [item["type"]["S"] for item in aws.items("events")].count("payment.receipt_sent") == 2


def test_the_receipt_goes_out_as_it_can_be_downloaded(
    key: str, payment: Any, aws: Aws, mails: list[dict[str, Any]]
) -> None:
    send(key, payment["id"], {"cc": ["boss@example.com"], "bcc": ["hidden@example.com"]})
    Mailing(aws, key).deliver()
    _, *receipts = mails
    assert [mail["Destinations"] for mail in receipts] == [
        ["ada@example.com"], ["boss@example.com"], ["hidden@example.com"],
    ]  # fmt: skip
    path, parameters = f"/payments/{payment['id']}/receipt", {"payment_id": payment["id"]}
    download = request("GET", path, key=key, headers={"accept": "application/pdf"}, parameters=parameters)
    pdf = call("payments/get_payment_receipt", download).body
    ids = {each["id"] for each in deliveries(key, f"payment_id={payment['id']}")}
    assert {tag["Value"] for mail in receipts for tag in mail["Tags"] if tag["Name"] == "delivery"} == ids
    for mail in receipts:
        assert b"hidden@example.com" not in mail["RawMessage"]["Data"]
        message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
        assert message["Subject"].startswith("[Test] Payment receipt from ")
        (attachment,) = message.iter_attachments()
        assert (attachment.get_filename(), attachment.get_content()) == (f"{payment['receipt_number']}.pdf", pdf)
    assert "TX-1" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_what_becomes_of_it_is_told(key: str, payment: Any, aws: Aws) -> None:
    mailing = Mailing(aws, key)
    send(key, payment["id"], {"to": "eve@example.com"})
    mailing.deliver()
    mailing.report("eve@example.com", "bounce")
    (shown,) = deliveries(key, f"payment_id={payment['id']}")
    assert (shown["status"], shown["reason"]) == ("bounced", "invalid_address")
    (suppression,) = call("deliveries/list_suppressions", request("GET", "/suppressions", key=key)).data
    assert (suppression["address"], suppression["payment_id"]) == ("eve@example.com", payment["id"])
    assert "payment.email_bounced" in [item["type"]["S"] for item in aws.items("events")]
    refused = send(key, payment["id"], {"to": "Eve@example.com"})
    assert refused.error["details"][0]["code"] == "RECIPIENT_SUPPRESSED"


def test_it_can_be_asked_for_with_the_payment(key: str, sent: Any, aws: Aws) -> None:
    body = {"amount": 10, "send_receipt": True}
    path = f"/invoices/{sent['id']}/payments"
    first = ask(key, "record_invoice_payment", path, body, idempotency_key="k")
    again = ask(key, "record_invoice_payment", path, body, idempotency_key="k")
    assert (first.status, again.body) == (201, first.body)
    whole = ask(key, "record_payment", "/payments", body | {"customer_id": "cust_123"})
    assert whole.status == 201, whole.body
    for answer in (first, whole):
        (shown,) = deliveries(key, f"payment_id={answer.data['id']}")
        assert (shown["recipient"], shown["payment_id"]) == ("ada@example.com", answer.data["id"])
    Mailing(aws, key).deliver()
    assert {each["status"] for each in deliveries(key, "")} == {"sent"}


def test_the_payment_of_a_customer_without_an_address_has_a_warning(key: str, aws: Aws) -> None:
    customer = call("customers/create_customer", request("POST", "/customers", {"name": "Bob"}, key=key)).data
    body = {
        "customer_id": customer["id"],
        "amount": 10,
        "allocations": [],
        "allow_overpayment": True,
        "send_receipt": True,
    }
    answer = ask(key, "record_payment", "/payments", body)
    assert answer.status == 201, answer.body
    assert [(each["field"], each["code"]) for each in answer.json["meta"]["warnings"]] == [
        ("send_receipt", "RECIPIENT_MISSING")
    ]
    (shown,) = deliveries(key, f"payment_id={answer.data['id']}")
    assert (shown["status"], shown["reason"], shown["recipient"]) == ("failed", "no_email", None)


def test_a_reversed_payment_loses_the_link_and_the_receipt(key: str, payment: Any, aws: Aws) -> None:
    send(key, payment["id"], {})
    undone = ask(key, "reverse_payment", f"/payments/{payment['id']}/reverse", {"reason": "Bounced"})
    assert (undone.status, undone.json["links"]["send_receipt"]) == (200, None)
    Mailing(aws, key).deliver()
    (shown,) = deliveries(key, f"payment_id={payment['id']}")
    assert (shown["status"], shown["reason"]) == ("skipped", "reversed")
    assert send(key, payment["id"], {}).error["code"] == "INVALID_PAYMENT_STATE"


def test_what_cannot_be_is_refused(key: str, payment: Any) -> None:
    assert send(key, payment["id"], {"to": "nobody"}).error["details"][0]["code"] == "EMAIL_INVALID"
    assert send(key, "pay_404", {}).error["code"] == "PAYMENT_NOT_FOUND"
    assert send(key, payment["id"], {}, if_match='"v2"').status == 412
