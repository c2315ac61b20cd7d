"""Send a credit note to its customer by e-mail."""

from dataclasses import replace

from invoicing.domain.credit_notes.credit_note import CreditNote, require_not_voided
from invoicing.domain.events.credit_notes import CREDIT_NOTE_EMAIL_FAILED, CREDIT_NOTE_RESENT, CREDIT_NOTE_SENT
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.order_email import EmailRequest, current_buyer, order_email, record_order
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def send_credit_note(
    uow: UnitOfWork, credit_note_id: str, email: EmailRequest, *, page_url: str, if_version: int | None = None
) -> CreditNote:
    """Request the e-mail of a credit note, each time again.

    `NotFound`; `Conflict` ``INVALID_CREDIT_NOTE_STATE`` when it is voided; `PreconditionFailed`; `ValidationFailed` as
    `order_email`.
    """
    uow.prefetch((CreditNote, credit_note_id), (Account, PROFILE))
    note = uow.get(CreditNote, credit_note_id)
    require_version(note, if_version)
    require_not_voided(note, "send")
    again = note.sent_at is not None
    if not again:
        note = replace(note, version=note.version + 1, sent_at=uow.now)
        uow.changes.save(note)
    email_credit_note(uow, note, email, page_url, again=again)
    return note


def email_credit_note(
    uow: UnitOfWork, note: CreditNote, email: EmailRequest, page_url: str, *, again: bool = False
) -> None:
    """Order a credit note's e-mail, which links to the page of its invoice; `ValidationFailed` as `order_email`."""
    buyer = current_buyer(uow, note.buyer)
    page = f"{page_url}/{note.page_token}"
    deliveries = order_email(uow, email, buyer, kind="credit_note", document_id=note.id, hosted_url=page)
    record_order(uow, note, deliveries, CREDIT_NOTE_RESENT if again else CREDIT_NOTE_SENT, CREDIT_NOTE_EMAIL_FAILED)
