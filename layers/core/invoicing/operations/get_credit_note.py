"""Read a credit note."""

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.errors import not_found
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def get_credit_note(work: Work, credit_note_id: str) -> CreditNote:
    """The credit note; `NotFound` ``CREDIT_NOTE_NOT_FOUND``."""
    note = work.store.find(Ref(CreditNote, work.account, credit_note_id))
    if note is None:
        raise not_found("credit_note", credit_note_id)
    return note
