"""Replace the hosted link of an invoice."""

from invoicing.domain.events.invoices import INVOICE_UPDATED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.invoices._hosted_links import with_new_link
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def rotate_hosted_link(uow: UnitOfWork, invoice_id: str, *, if_version: int | None = None) -> Invoice:
    """Give the invoice a new link, each time again; the old one is unknown at once.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when it was never issued; `PreconditionFailed`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "rotate_link")
    rotated = with_new_link(uow, invoice, account)
    uow.changes.save(rotated)
    uow.record(INVOICE_UPDATED, rotated, changed=["hosted_url"])
    return rotated
