"""The e-mail of a reminder: what is still owed on the day of sending, and how to pay it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import Mode, ScheduleEntry
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.reminder import Reminder
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing_documents.content import content_of
from invoicing_documents.email.message import Attachment, Letter, Rendered, compose_message, pdf_of, rendered
from invoicing_documents.parties import Field
from invoicing_documents.pdf import render_invoice_pdf, render_open_invoices_pdf
from invoicing_documents.reminder_content import (
    default_words,
    due_by_today,
    due_line,
    number_of,
    owed_field,
    page_of,
    rows_of,
)
from invoicing_documents.wording import Wording

LOGGER = logging.getLogger(__name__)

MOST_PDFS = 10
"""The most invoices whose PDFs are attached; a statement of more is."""

MOST_LISTED = 100
"""The most invoices that the e-mail lists; mail programs cut longer ones off, and the statement lists all."""


def compose_reminder_email(reminder: Reminder, delivery: Delivery, objects: ObjectStore, *, sender: str) -> bytes:
    """Compose the message of a reminder of which something is still owed, as `compose_message` does.

    The PDFs of invoices are those that were sent with them. `ValueError` without a seller.
    """
    about = _About(reminder.mail, reminder.owed, reminder.lead, delivery.hosted_url.rpartition("/")[0])
    letter = _letter(about)
    attachments = _attachments(about, objects)
    return compose_message(letter, replace(delivery, hosted_url=about.page), *attachments, sender=sender)


def preview(
    invoice: Invoice, account: Account, entry: ScheduleEntry | None, mode: Mode, on: date, *, hosted_url: str
) -> Rendered:
    """Render the reminder that an invoice would get on a day by itself, in the wording of a step or, without, ours.

    A draft is shown with the seller as it is now. ``hosted_url`` is the page of the invoice, empty for a draft.
    """
    shown = replace(invoice, seller=invoice.seller or account.as_seller())
    mail = ReminderMail(
        account=invoice.account,
        id="",
        customer_id=invoice.buyer.id,
        day=on,
        mode=mode,
        invoices=((invoice.id, None),),
        subject=entry.subject if entry else None,
        message=entry.message if entry else None,
        created_at=invoice.updated_at,
    )
    about = _About(mail, (shown,), shown, hosted_url.rpartition("/")[0])
    return rendered(_letter(about), invoice.account, about.page)


@dataclass(frozen=True, slots=True)
class _About:
    """What a reminder is about: the invoices ``owed``, of which it is worded for the ``lead``.

    ``pages`` is what the addresses of their pages begin with.
    """

    mail: ReminderMail
    owed: tuple[Invoice, ...]
    lead: Invoice
    pages: str

    @property
    def is_single(self) -> bool:
        """Whether it is about one invoice."""
        return len(self.owed) == 1

    @property
    def page(self) -> str:
        """The page that the whole e-mail links to; empty where each invoice has a link."""
        return page_of(self.lead, self.pages) if self.is_single else ""

    @property
    def has_statement(self) -> bool:
        """Whether a statement is attached instead of the invoices."""
        return self.mail.mode == "per_customer" or len(self.owed) > MOST_PDFS


def _letter(about: _About) -> Letter:
    owed, lead, day = about.owed, about.lead, about.mail.day
    content = content_of(lead)
    wording, bank = content.wording, content.bank
    words = default_words(owed, day, wording, seller=content.seller.name, has_statement=about.has_statement)
    if bank and about.is_single:
        bank += (Field(wording["payment_reference"], number_of(lead, wording)),)
    return Letter(
        content=content,
        subject=_own(about.mail.subject, about, wording) or words.subject,
        message=_own(about.mail.message, about, wording) or words.message,
        amount=owed_field(owed, wording),
        below_amount=due_line(lead, day, wording) if about.is_single else due_by_today(owed, day, wording),
        open_invoices=() if about.is_single else rows_of(owed[:MOST_LISTED], day, wording, about.pages),
        more=len(owed) > MOST_LISTED,
        payment_instructions=content.payment_instructions,
        bank=bank,
    )


def _own(source: str | None, about: _About, wording: Wording) -> str:
    """Render a text of the step itself; empty without one, where its invoice is settled by now, and where it fails."""
    lead = about.lead
    if not source or lead.id != about.mail.lead:
        return ""
    from invoicing_documents.own_texts.budget import TextFailed  # noqa: PLC0415
    from invoicing_documents.own_texts.rendering import render_text  # noqa: PLC0415
    from invoicing_documents.own_texts.variables import variables_of  # noqa: PLC0415

    url = page_of(lead, about.pages) or None
    variables = variables_of(lead, cast(Seller, lead.seller), wording, today=about.mail.day, hosted_url=url)
    try:
        return render_text(source, variables, wording).strip()
    except TextFailed as error:
        # Not the reason, which may quote the text.
        LOGGER.warning("reminder of %s: its own text failed in line %d: %s", lead.id, error.line, error.code)
        return ""


def _attachments(about: _About, objects: ObjectStore) -> Iterator[Attachment]:
    if about.has_statement:
        mail = about.mail
        statement = render_open_invoices_pdf(about.owed, about.lead, mail.day, mail.created_at)
        yield pdf_of(f"statement-{mail.day}", statement)
        return
    for invoice in about.owed:
        yield pdf_of(invoice.number, INVOICE.pdf_of(invoice, objects, render_invoice_pdf).content)
