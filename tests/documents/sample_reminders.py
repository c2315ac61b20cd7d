"""Reminders to make e-mails of."""

import io
from datetime import date
from typing import Any

from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import Mode
from invoicing.operations.documents.reminder import Reminder
from invoicing_documents.email.reminder_email import compose_reminder_email
from tests.documents.sample_invoices import SENT_AT, invoice_of, line_of
from tests.documents.test_invoice_email import Parts, assert_seven_bit, delivery_of, parse
from tests.fakes import FakeObjectStore

DAY = date(2027, 3, 10)
PAGES = "https://invoices.example/i"


def owed(index: int, due: date = DAY, amount: int = 100, **more: Any) -> Invoice:
    """An invoice with a page; ``amount`` in major units."""
    named = {"id": f"inv_{index:04}", "number": f"INV-2027-{index:04}", "page_token": f"page{index}"}
    return invoice_of((line_of("Consulting", "1", str(amount), "0"),), **named | {"due_date": due} | more)


def compose(
    *invoices: Invoice, mode: Mode = "per_invoice", objects: FakeObjectStore | None = None, **more: Any
) -> bytes:
    mail = ReminderMail(
        account="acc_1",
        id="rem_1",
        customer_id="cust_123",
        day=more.pop("day", DAY),
        mode=mode,
        invoices=tuple((invoice.id, 7) for invoice in invoices),
        subject=more.pop("subject", None),
        message=more.pop("message", None),
        created_at=SENT_AT,
    )
    delivery = delivery_of(document_kind="reminder", document_id=mail.id, hosted_url=f"{PAGES}/page1", **more)
    reminder = Reminder(mail=mail, invoices=invoices)
    stored = FakeObjectStore() if objects is None else objects
    return compose_reminder_email(reminder, delivery, stored, sender="invoices@mail.acme.example")


def mail_of(*invoices: Invoice, **more: Any) -> Parts:
    raw = compose(*invoices, **more)
    assert_seven_bit(raw)
    return parse(raw)


def attached(parts: Parts) -> dict[str | None, bytes]:
    return {part.get_filename(): part.get_content() for part in parts.message.iter_attachments()}


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def plain(text: str) -> str:
    return " ".join(text.split())
