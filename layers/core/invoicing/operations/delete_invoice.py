"""Delete a draft."""

from invoicing.domain.errors import not_found
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import require, require_version
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import release_number
from invoicing.operations.work import Work


def delete_invoice(work: Work, invoice_id: str, *, if_version: int | None = None) -> None:
    """Take the draft away and give back the client's own number it may have.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for anything but a draft, and for one that has a number of the
    series; `PreconditionFailed`.
    """
    draft = work.store.find(Ref(Invoice, work.account, invoice_id))
    if draft is None:
        raise not_found("invoice", invoice_id)
    require_version(draft, if_version)
    require(draft, "delete")
    work.changes.remove(draft)
    release_number(work, draft)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.deleted", draft, work.now))
