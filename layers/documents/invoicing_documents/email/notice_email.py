"""The e-mail that tells an account what failed."""

from textwrap import shorten
from urllib.parse import urlsplit

from invoicing.domain.calendar import today
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.documents.notice import FailedEmail, Notice, UnmadeInvoice
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing_documents.email.message import FailureRow, Letter, Letterhead, compose_message
from invoicing_documents.parties import Field, seller_of
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import Wording, wording_for

_STATES = {DeliveryStatus.COMPLAINED: "complained", DeliveryStatus.UNCONFIRMED: "unconfirmed"}
"""The words of states that say more than why an e-mail failed."""

_REMEDIES = {
    "no_email": "address",
    "invalid_address": "address",
    "suppressed": "suppression",
    "refused": "suppression",
    "complained": "suppression",
    "mailbox_full": "again",
    "undelivered": "again",
    "unconfirmed": "ask",
}
"""What helps, by what happened."""

LONGEST_MESSAGE = 300
"""The longest message of an error, in characters: with 50 of them the e-mail stays whole in mail programs."""


def compose_notice_email(notice: Notice, delivery: Delivery, _: ObjectStore, *, sender: str) -> bytes:
    """Compose the message of a notice, in the language of the account, as `compose_message` does."""
    account, wording = notice.account, wording_for(notice.account.locale)
    unnamed = notice.mail.unnamed
    others = len(notice.unmade) + len(notice.disabled)
    count = len(notice.failed) + len(notice.unsent) + others + unnamed
    subjects = [
        *(["notice_subject"] if count > others else []),
        *(["notice_not_made"] if notice.unmade else []),
        *(["notice_disabled"] if notice.disabled else []),
    ]
    counted = " · ".join(wording["notice_count" if each == "notice_subject" else each] for each in subjects)
    letter = Letter(
        content=Letterhead(
            wording=wording,
            seller=seller_of(wording, account),
            seller_email=one_line(account.email) if account.email else None,
        ),
        subject=" · ".join(wording[each] for each in subjects),
        message=wording["notice_intro_all" if others else "notice_intro"],
        amount=Field(counted, wording.count(count)),
        failures=(
            *(_row(each, wording) for each in notice.failed),
            *(_unsent(each, wording) for each in notice.unsent),
            *(_unmade(each, wording) for each in notice.unmade),
            *(_disabled(each, account.time_zone, wording) for each in notice.disabled),
        ),
        unnamed=wording.say("notice_unlisted", count=wording.count(unnamed)) if unnamed else "",
    )
    return compose_message(letter, delivery, sender=sender)


def _row(failed: FailedEmail, wording: Wording) -> FailureRow:
    happened = _STATES.get(failed.delivery.status) or str(failed.delivery.failure)
    happened = happened if happened in _REMEDIES else "undelivered"
    return FailureRow(
        document=_named(failed, wording),
        recipient=one_line(failed.delivery.recipient or ""),
        happened=wording[f"notice_because_{happened}"],
        remedy=wording[f"notice_do_{_REMEDIES[happened]}"],
    )


def _unsent(invoice: Invoice, wording: Wording) -> FailureRow:
    """Say that a scheduled send failed; a draft without a number is known by its customer."""
    title = wording["invoice"] if invoice.number else wording["draft_title"]
    return FailureRow(
        document=f"{title} {wording.within(one_line(invoice.number or ''))}".strip(),
        recipient=one_line(invoice.buyer.name),
        happened=wording["notice_because_not_sent"],
        remedy=wording["notice_do_correct"],
    )


def _unmade(unmade: UnmadeInvoice, wording: Wording) -> FailureRow:
    """Say for which date of a schedule no invoice could be made, with the message of the error."""
    message = one_line(unmade.error.message)
    return FailureRow(
        document=f"{wording['notice_recurring']} {wording.date(unmade.error.occurrence_date)}",
        recipient=one_line(unmade.customer.name) if unmade.customer else "",
        happened=f"{wording['notice_because_not_made']} {shorten(message, LONGEST_MESSAGE, placeholder='…')}",
        remedy=wording["notice_do_recurring"],
    )


def _disabled(webhook: Webhook, time_zone: str, wording: Wording) -> FailureRow:
    """Say since when a webhook gets nothing, and why; its path may hold a secret of the account."""
    host = wording.within(one_line(urlsplit(webhook.url).hostname or ""))
    since = wording.date(today(webhook.disabled_at or webhook.updated_at, time_zone))
    reason = "gone" if webhook.disabled_reason == "gone" else "failing"
    return FailureRow(
        document=f"{wording['notice_webhook']} {host} · {wording.within(webhook.id)}",
        recipient="",
        happened=wording.say(f"notice_because_{reason}", date=since),
        remedy=wording["notice_do_webhook"],
    )


def _named(failed: FailedEmail, wording: Wording) -> str:
    """Name a document by its kind and, where it has one, its number."""
    kind, document = failed.delivery.document_kind, failed.document
    number: str | None = None
    if isinstance(document, Invoice | CreditNote):
        number = document.number
    elif isinstance(document, StatementMail):
        number = f"{wording.date(document.start)} – {wording.date(document.end)}"
    elif kind == "receipt":
        number = failed.delivery.document_id
    title = wording["notice_reminder" if kind == "reminder" else kind]
    return f"{title} {wording.within(one_line(number))}" if number else title
