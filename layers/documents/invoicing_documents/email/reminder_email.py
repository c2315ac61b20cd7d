"""The e-mail of a reminder: what is still owed on the day of sending, and how to pay it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.logo import Image
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import Mode, ScheduleEntry
from invoicing.domain.templates.template import Template
from invoicing.operations.documents.document_type import Render
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.reminder import Reminder
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing_documents.designs import designed_content, palette_of, words_of_invoice
from invoicing_documents.email.message import (
    Attachment,
    Letter,
    Rendered,
    compose_message,
    pdf_of,
    rendered,
    within_html,
)
from invoicing_documents.parties import bank_fields
from invoicing_documents.pdf import render_invoice_pdf, render_open_invoices_pdf
from invoicing_documents.plain_text import plain_text
from invoicing_documents.reminder_content import (
    default_words,
    due_by_today,
    due_line,
    owed_field,
    page_of,
    rows_of,
)
from invoicing_documents.wording import Wording

MOST_PDFS = 10
"""The most invoices whose PDFs are attached; a statement of more is."""

MOST_LISTED = 100
"""The most invoices that the e-mail lists; mail programs cut longer ones off, and the statement lists all."""


def compose_reminder_email(
    reminder: Reminder,
    delivery: Delivery,
    objects: ObjectStore,
    *,
    draw: Render[Invoice] = render_invoice_pdf,
    template_of: Callable[[Invoice], Template | None] = lambda _: None,
    sender: str,
) -> bytes:
    """Compose the message of a reminder of which something is still owed, as `compose_message` does.

    The PDFs of invoices are those that were sent with them; ``draw`` draws one that was not sent. ``template_of`` reads
    the template of the invoice that it is worded for. `ValueError` without a seller.
    """
    pages, template = delivery.hosted_url.rpartition("/")[0], template_of(reminder.lead)
    about = _About(reminder.mail, reminder.owed, reminder.lead, pages, template)
    letter = _letter(about)
    logo = logo_of(about.lead, lambda: objects)
    attachments = _attachments(about, objects, logo, draw)
    return compose_message(letter, replace(delivery, hosted_url=about.page), *attachments, sender=sender, logo=logo)


def preview(
    invoice: Invoice,
    account: Account,
    entry: ScheduleEntry | None,
    mode: Mode,
    on: date,
    *,
    hosted_url: str,
    template: Template | None = None,
    logo: Image | None = None,
) -> Rendered:
    """Render the reminder that an invoice would get on a day by itself, in the wording of a step or, without, ours.

    A draft is shown with the seller as it is now. A ``logo`` is a part of the HTML. ``hosted_url`` is the page of the
    invoice, empty for a draft.
    """
    shown = replace(invoice, seller=invoice.seller or account.as_seller(invoice.currency, invoice.locale))
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
    about = _About(mail, (shown,), shown, hosted_url.rpartition("/")[0], template)
    return rendered(_letter(about), invoice.account, about.page, logo=within_html(logo))


@dataclass(frozen=True, slots=True)
class _About:
    """What a reminder is about: the invoices ``owed``, of which it is worded for the ``lead``.

    ``pages`` is what the addresses of their pages begin with.
    """

    mail: ReminderMail
    owed: tuple[Invoice, ...]
    lead: Invoice
    pages: str
    template: Template | None = None

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
    content = designed_content(lead, about.template)
    wording, seller = content.wording, cast(Seller, lead.seller)
    words = default_words(owed, day, wording, seller=content.seller.name, has_statement=about.has_statement)
    instructions, payment = content.payment_instructions, content.payment
    if not about.is_single:
        # Of no invoice in particular, which may be paid in another way.
        instructions = plain_text(seller.payment_instructions or "").strip()
        payment = bank_fields(seller.bank_account, wording)
    return Letter(
        content=content,
        subject=_own("reminder_subject", about.mail.subject, about, wording) or words.subject,
        message=_own("reminder_message", about.mail.message, about, wording) or words.message,
        amount=owed_field(owed, wording),
        palette=palette_of(content.design.accent_color),
        below_amount=due_line(lead, day, wording) if about.is_single else due_by_today(owed, day, wording),
        open_invoices=() if about.is_single else rows_of(owed[:MOST_LISTED], day, wording, about.pages),
        more=len(owed) > MOST_LISTED,
        payment_instructions=instructions,
        payment=payment,
    )


def _own(name: str, source: str | None, about: _About, wording: Wording) -> str:
    """Render a text of the step itself; empty without one, where its invoice is settled by now, and where it fails."""
    lead = about.lead
    if not source or lead.id != about.mail.lead:
        return ""
    url = page_of(lead, about.pages) or None
    says = words_of_invoice(lead, wording, today=about.mail.day, hosted_url=url, about=f"reminder of {lead.id}")
    return says.text(name, source)


def _attachments(
    about: _About, objects: ObjectStore, logo: Image | None, draw: Render[Invoice]
) -> Iterator[Attachment]:
    if about.has_statement:
        mail = about.mail
        statement = render_open_invoices_pdf(
            about.owed, about.lead, mail.day, mail.created_at, logo, template=about.template
        )
        yield pdf_of(f"statement-{mail.day}", statement)
        return
    for invoice in about.owed:
        yield pdf_of(invoice.number, INVOICE.pdf_of(invoice, objects, draw).content)
