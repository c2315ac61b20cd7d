"""The wording of a step in reminders, and previews of both wordings."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import ScheduleEntry
from invoicing.operations.documents.reminder import Reminder
from invoicing_documents.email.reminder_email import compose_reminder_email, preview
from invoicing_documents.own_texts.budget import MOST_STEPS
from tests.builders import an_account
from tests.documents.sample_invoices import SENT_AT, line_of
from tests.documents.sample_reminders import DAY, PAGES, mail_of, owed, plain
from tests.documents.test_invoice_email import delivery_of, parse
from tests.fakes import FakeObjectStore


def test_the_own_text_of_a_step_takes_the_place_of_ours() -> None:
    message = (
        "Dear {{ customer.name }},\n"
        "{{ invoice.days_overdue }} days: {{ invoice.amount_due }} at {{ invoice.hosted_url }}"
    )
    parts = mail_of(owed(1, DAY - timedelta(days=7)), subject="2nd reminder: {{ invoice.number }}", message=message)
    assert parts.message["Subject"] == "2nd reminder: INV-2027-0001"
    text = parts.text.replace("\r\n", "\n")
    assert text.startswith(f"Dear Initech Ltd.,\n7 days: $100.00 at {PAGES}/page1\n\nAmount outstanding: $100.00")
    assert "Hello" not in parts.text


def test_the_own_text_is_that_of_the_first_invoice_with_a_step() -> None:
    mail = ReminderMail(
        account="acc_1", id="rem_1", customer_id="cust_123", day=DAY, mode="per_customer", created_at=SENT_AT,
        invoices=(("inv_0001", None), ("inv_0002", 7), ("inv_0003", 0)), subject="About {{ invoice.number }}",
    )  # fmt: skip
    reminder = Reminder(mail=mail, invoices=(owed(1), owed(2), owed(3)))
    raw = compose_reminder_email(reminder, delivery_of(), FakeObjectStore(), sender="i@mail.acme.example")
    assert parse(raw).message["Subject"] == "About INV-2027-0002"


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in invoice.items %}{% for j in invoice.items %}x{% endfor %}{% endfor %}",
        "{{ 1 / (invoice.amount_paid * 0) }}",
        "{{ oops",
        "  ",
    ],
)
def test_where_an_own_text_fails_ours_is_sent_and_the_log_says_so(text: str, caplog: pytest.LogCaptureFixture) -> None:
    lines = tuple(line_of(f"Line {number}", "1", "1", "0") for number in range(200))
    assert len(lines) ** 2 > MOST_STEPS
    invoice = replace(owed(1), lines=lines)
    with caplog.at_level(logging.WARNING):
        parts = mail_of(invoice, subject=text, message=text, mode="per_customer")
    assert plain(parts.message["Subject"]).endswith("is due today")
    assert plain(parts.text).startswith("Hello, This is a friendly reminder")
    said = [record.getMessage() for record in caplog.records]
    failed = ("reminder_subject", "reminder_message") if text.strip() else ()
    for line, name in zip(said, failed, strict=True):
        assert line.startswith(f"reminder of inv_0001: its {name} failed in line 1: TEMPLATE_")


def test_a_preview_shows_what_an_invoice_would_get() -> None:
    invoice, url = owed(1, DAY - timedelta(days=7)), f"{PAGES}/page1"
    shown = preview(invoice, an_account(), None, "per_invoice", DAY, hosted_url=url)
    sent = mail_of(invoice)
    assert (shown.subject, shown.text.split(), shown.html.split()) == (
        sent.message["Subject"], sent.text.split(), sent.html.split(),
    )  # fmt: skip
    entry = ScheduleEntry(offset_days=7, subject="{{ invoice.number }}", message="{{ invoice.days_overdue }} days")
    own = preview(invoice, an_account(), entry, "per_invoice", DAY, hosted_url=url)
    assert own.subject == "INV-2027-0001"
    assert own.text.startswith("7 days\n")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAID, Status.CANCELLED])
def test_a_preview_does_not_ask_whether_anything_is_owed(status: Status) -> None:
    draft = status is Status.DRAFT
    unissued: dict[str, Any] = {"number": None, "seller": None, "page_token": None}
    invoice = replace(owed(1), status=status, **unissued if draft else {})
    shown = preview(invoice, an_account(name="Acme Now"), None, "per_customer", DAY, hosted_url="")
    assert ("Acme Now" in shown.subject) == draft
    assert ("View invoice" not in shown.html) == draft
