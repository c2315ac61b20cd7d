"""Send a credit note to its customer by e-mail."""

from dataclasses import replace

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.events import credit_note_event
from invoicing.domain.lifecycle import require_version
from invoicing.operations.changes import Ref
from invoicing.operations.get_credit_note import get_credit_note
from invoicing.operations.issuing import EmailRequest, current_buyer, order_email
from invoicing.operations.work import Work


def send_credit_note(
    work: Work, credit_note_id: str, email: EmailRequest, *, page_url: str, if_version: int | None = None
) -> CreditNote:
    """The credit note, whose e-mail will follow. Sending again e-mails it again.

    `NotFound`; `PreconditionFailed`; `ValidationFailed` ``RECIPIENT_MISSING``.
    """
    note = get_credit_note(work, credit_note_id)
    require_version(note, if_version)
    if note.sent_at is None:
        note = replace(note, version=note.version + 1, sent_at=work.now)
        work.changes.save(note)
    else:
        work.changes.require(Ref(CreditNote, work.account, note.id), note.version)
    email_credit_note(work, note, email, page_url)
    return note


def email_credit_note(work: Work, note: CreditNote, email: EmailRequest, page_url: str) -> None:
    """Ask for a credit note's e-mail, which leads to the page of its invoice; `ValidationFailed` as `order_email`."""
    buyer = current_buyer(work, note.buyer)
    page = f"{page_url}/{note.page_token}"
    delivery = order_email(work, email, buyer, kind="credit_note", document_id=note.id, hosted_url=page)
    work.changes.record(credit_note_event(work.new_id("evt"), "credit_note.sent", note, work.now, delivery))
