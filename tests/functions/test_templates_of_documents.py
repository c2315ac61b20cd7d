"""What documents say of their template, over HTTP."""

import base64
import email
import hashlib
import io
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdf
import pytest

from invoicing.domain.templates.colors import text_of as text_of_color
from invoicing_documents.designs import palette_of
from tests.aws import Aws
from tests.functions.business import BODIES
from tests.functions.conftest import NEW_INVOICE
from tests.functions.deliveries.mailing import Mailing
from tests.functions.templates.asking import change, create, make_default, on
from tests.http import Response, call, load_handler, request
from tests.messages import message_of


def invoice(key: str, **fields: Any) -> Any:
    answer = call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | fields, key=key))
    assert answer.status == 201, answer.body
    return answer.data


def read(key: str, invoice_id: str) -> Response:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event)


def test_an_issued_invoice_and_its_credit_note_say_their_versions(key: str, customer: Any) -> None:
    template = create(key).data["id"]
    made = invoice(key, template_id=template, send_email=True)
    assert (made["template_id"], made["template"]) == (template, {"id": template, "version": 1})
    change(key, template, footer="B")
    path, parameters = f"/invoices/{made['id']}/credit-notes", {"invoice_id": made["id"]}
    event = request("POST", path, {"reason": "Returned"}, key=key, parameters=parameters)
    assert call("credit_notes/create_credit_note", event).data["template"] == {"id": template, "version": 2}
    assert read(key, made["id"]).data["template"] == {"id": template, "version": 1}


def test_an_invoice_without_a_template_stores_nothing_of_one(aws: Aws, key: str, customer: Any) -> None:
    made = invoice(key, send_email=True)
    assert (made["template_id"], made["template"]) == (None, None)
    make_default(key, create(key).data["id"])
    assert invoice(key)["template"] is None, "a draft has none yet"
    assert invoice(key, send_email=True)["template"]["version"] == 1


def test_a_draft_of_a_deleted_template_has_a_warning(key: str, customer: Any) -> None:
    template = create(key).data["id"]
    draft = invoice(key, template_id=template)["id"]
    assert "warnings" not in read(key, draft).json["meta"]
    on(key, "DELETE", "delete", template)
    (warning,) = read(key, draft).json["meta"]["warnings"]
    assert (warning["field"], warning["code"]) == ("template_id", "TEMPLATE_DELETED")


def test_a_schedule_gives_its_template_to_its_invoices(key: str, customer: Any) -> None:
    template = create(key).data["id"]
    body = BODIES["recurring/create_recurring_invoice"] | {"template_id": template}
    made = call("recurring/create_recurring_invoice", request("POST", "/recurring", body, key=key))
    assert (made.status, made.data["template_id"]) == (201, template)
    parameters = {"recurring_id": made.data["id"]}
    event = request("PATCH", f"/recurring/{made.data['id']}", {"template_id": None}, key=key, parameters=parameters)
    assert call("recurring/update_recurring_invoice", event).data["template_id"] is None


def pdf(key: str, invoice_id: str) -> bytes:
    parameters, headers = {"invoice_id": invoice_id}, {"accept": "application/pdf"}
    event = request("GET", f"/invoices/{invoice_id}/pdf", key=key, headers=headers, parameters=parameters)
    return call("invoices/get_invoice_pdf", event).body


def text_of(document: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)


def test_old_invoices_do_not_change_also_when_they_are_first_drawn_later(key: str, customer: Any) -> None:
    template = create(key, footer="Footer A").data["id"]
    make_default(key, template)
    drawn_before, drawn_after = (invoice(key, send_email=True)["id"] for _ in range(2))
    draft = invoice(key)["id"]
    before = pdf(key, drawn_before)
    assert "Footer A" in text_of(pdf(key, draft))
    change(key, template, footer="Footer B", labels={"invoice": "Rechnung"})
    assert pdf(key, drawn_before) == before
    assert "Footer A" in text_of(pdf(key, drawn_after))
    for later in (draft, invoice(key, send_email=True)["id"]):
        shown = text_of(pdf(key, later))
        assert "Footer B" in shown
        assert "Rechnung" in shown or later == draft


def test_the_hosted_page_has_the_version_of_its_invoice(key: str, customer: Any) -> None:
    template = create(key, accent_color="#00aa77", footer="Footer A").data["id"]
    made = invoice(key, template_id=template, send_email=True)
    change(key, template, footer="Footer B", accent_color="#1f4e79")
    token = made["hosted_url"].rpartition("/")[2]
    answer = call("pages/view_invoice", request("GET", f"/i/{token}", key=None, parameters={"token": token}))
    page = answer.body.decode()
    assert "Footer A" in page
    assert "--area: #00aa77" in page
    sheet = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def deliver_last(aws: Aws) -> None:
    sendings = [item for item in aws.items("events") if item["type"]["S"] in {"invoice.sent", "invoice.resent"}]
    last = max(sendings, key=lambda item: item["sk"]["S"])
    message = message_of(last, "m-1")
    assert load_handler("reactions/deliver_email")({"Records": [message]}, None)["batchItemFailures"] == []


def read_mail(mail: dict[str, Any]) -> tuple[str, str, bytes]:
    """Subject, text and PDF of an e-mail."""
    message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
    (attachment,) = message.iter_attachments()
    text = message.get_body(("plain",))
    assert text is not None
    return message["Subject"], text.get_content(), attachment.get_content()


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_resend_has_the_words_of_today_and_the_pdf_of_then(
    aws: Aws, key: str, customer: Any, mails: list[dict[str, Any]], *, is_deleted: bool
) -> None:
    template = create(key, footer="Footer A", email_subject="A {{ invoice.number }}", email_body="Body A").data["id"]
    made = invoice(key, template_id=template, send_email=True)
    deliver_last(aws)
    change(key, template, footer="Footer B", email_subject="B {{ invoice.number }}", email_body="Body B")
    if is_deleted:
        on(key, "DELETE", "delete", template)
    event = request("POST", f"/invoices/{made['id']}/send", {}, key=key, parameters={"invoice_id": made["id"]})
    assert call("invoices/send_invoice", event).status == 200
    deliver_last(aws)
    first, second = map(read_mail, mails)
    assert first[2] == second[2]
    assert "Footer A" in text_of(second[2])
    words = "A" if is_deleted else "B"  # without its template and a default, those that it was issued with
    assert [mail[0].rpartition("] ")[2] for mail in (first, second)] == [
        f"A {made['invoice_number']}",
        f"{words} {made['invoice_number']}",
    ]
    assert f"Body {words}" in second[1]


def words(template: str) -> dict[str, str]:
    return {"receipt": f"Receipt {template}", "statement": f"Statement {template}", "amount_outstanding": template}


def bytes_of(key: str, file: str, path: str, **parameters: str) -> bytes:
    event = request("GET", path, key=key, headers={"accept": "application/pdf"}, parameters=parameters)
    answer = call(file, event)
    assert answer.status == 200, answer.body
    return answer.body


def test_a_receipt_keeps_its_version_and_a_statement_follows(aws: Aws, key: str, customer: Any) -> None:
    template = create(key, labels=words("A"), accent_color="#00aa77").data["id"]
    event = request("PATCH", "/customers/cust_123", {"template_id": template}, key=key)
    event["pathParameters"] = {"customer_id": "cust_123"}
    assert call("customers/update_customer", event).data["template_id"] == template
    made = invoice(key, send_email=True)
    assert (made["template_id"], made["template"]) == (None, {"id": template, "version": 1})
    path, parameters = f"/invoices/{made['id']}/payments", {"invoice_id": made["id"]}
    paid = call(
        "payments/record_invoice_payment", request("POST", path, {"amount": 10}, key=key, parameters=parameters)
    )
    change(key, template, labels=words("B"))
    receipt = f"/payments/{paid.data['id']}/receipt"
    drawn = bytes_of(key, "payments/get_payment_receipt", receipt, payment_id=paid.data["id"])
    assert "Receipt A" in text_of(drawn)
    statement = bytes_of(
        key, "customers/get_customer_statement", "/customers/cust_123/statement", customer_id="cust_123"
    )
    assert "Statement B" in text_of(statement)


def test_e_mails_of_receipts_statements_and_reminders_have_the_look_of_today(
    aws: Aws, key: str, customer: Any, mails: list[dict[str, Any]]
) -> None:
    template = create(key, labels=words("A"), accent_color="#00aa77").data["id"]
    make_default(key, template)
    made = invoice(key, send_email=True)
    change(key, template, accent_color="#aa0044", labels=words("B"))
    mailing = Mailing(aws, key)
    mailing.deliver()
    for path, file, body, parameters in (
        (
            f"/invoices/{made['id']}/payments",
            "payments/record_invoice_payment",
            {"amount": 10, "send_receipt": True},
            {},
        ),
        ("/customers/cust_123/statement/send", "customers/send_customer_statement", {}, {"customer_id": "cust_123"}),
        (f"/invoices/{made['id']}/reminders", "reminders/remind_customer", {}, {}),
    ):
        event = request("POST", path, body, key=key, parameters={"invoice_id": made["id"]} | parameters)
        answer = call(file, event)
        assert answer.status < 300, answer.body
        before = len(mails)
        mailing.deliver()
        (mail,) = mails[before:]
        message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
        html = message.get_body(("html",))
        assert html is not None
        assert f"background:{text_of_color(palette_of('#aa0044').panel)}" in html.get_content()


def test_a_text_that_fails_stops_no_e_mail_and_an_event_says_so_once(
    aws: Aws, key: str, customer: Any, mails: list[dict[str, Any]]
) -> None:
    fails = "{{ invoice.total / invoice.amount_paid }}"  # nothing is paid yet
    template = create(key, footer=fails, email_subject=fails, email_body="Body").data["id"]
    made = invoice(key, template_id=template, send_email=True)
    mailing = Mailing(aws, key)
    mailing.deliver()
    mailing.send(made["id"])
    mailing.deliver()
    sent = [read_mail(mail) for mail in mails[-2:]]
    assert all("Body" in text and made["invoice_number"] in subject for subject, text, _ in sent)
    path = f"/invoices/{made['id']}/events"
    events = call("invoices/list_invoice_events", request("GET", path, key=key, parameters={"invoice_id": made["id"]}))
    (event,) = [each for each in events.data if each["type"] == "invoice.text_failed"]
    assert event["data"]["failed_texts"] == ["footer", "email_subject"]
    assert event["data"]["template"] == {"id": template, "version": 1}
