"""Show a credit note of a customer in its portal."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import not_found
from invoicing.operations.pages._opening import open_portal
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def download_portal_credit_note(uow: UnitOfWork, token: str, credit_note_id: str) -> CreditNote:
    """Return a credit note of the customer; `NotFound` as `open_portal`, and for any other note."""
    opened = open_portal(uow, token)
    note = opened.uow.find(CreditNote, credit_note_id)
    if note is None or note.buyer.id != opened.customer.id:
        raise not_found("CreditNote", credit_note_id)
    return note
