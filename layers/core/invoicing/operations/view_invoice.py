"""Show the public page of an invoice, and note when its customer opens it for the first time."""

from invoicing.domain.errors import not_found
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import is_issued, seen
from invoicing.domain.page import PageLink
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def view_invoice(work: Work, token: str, *, by_person: bool) -> Invoice:
    """The invoice the token leads to; ``by_person`` tells people from mail scanners and link previews.

    `NotFound` ``INVOICE_NOT_FOUND`` for an unknown token. The work's account is not used: the token names it.
    """
    link = work.store.find(Ref(PageLink, "", token))
    invoice = work.store.find(Ref(Invoice, link.account, link.invoice_id)) if link else None
    if invoice is None or not is_issued(invoice):
        raise not_found("invoice", token)
    opened = seen(invoice, work.now) if by_person else None
    if opened is None:
        return invoice
    work.changes.save(opened)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.viewed", opened, work.now))
    return opened
