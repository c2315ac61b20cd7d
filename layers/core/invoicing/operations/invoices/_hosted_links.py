"""New hosted links of invoices."""

from dataclasses import replace

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.page_link import PageLink, link_expiry
from invoicing.domain.parties.account import Account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_NOTES = 80
"""The credit notes, the latest, whose links follow that of their invoice: a transaction has at most 100 items."""


def with_new_link(uow: UnitOfWork, invoice: Invoice, account: Account) -> Invoice:
    """Return an issued invoice with another link; the old one leads nowhere from the same transaction on.

    The invoice is for the caller to save: each request of several at once conflicts with the others there, and links
    made by them replace each other, so that one works in the end. Its credit notes lead to the same page and follow,
    for one request.
    """
    token = uow.new_secret()
    uow.changes.save(PageLink(id=token, account=uow.account, invoice_id=invoice.id))
    uow.changes.remove(PageLink(id=invoice.page_token or "", account=uow.account, invoice_id=invoice.id))
    notes = [(CreditNote, each.credit_note_id) for each in invoice.credit_notes[-MOST_NOTES:]]
    if notes:
        uow.prefetch(*notes)
    for note in (uow.get(*each) for each in notes):
        uow.changes.save(replace(note, version=note.version + 1, page_token=token))
    return replace(
        invoice,
        version=invoice.version + 1,
        page_token=token,
        page_expires_at=link_expiry(account.hosted_link_days, uow.real_now),
        updated_at=uow.now,
    )
