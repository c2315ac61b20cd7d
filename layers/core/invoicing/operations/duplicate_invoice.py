"""Make a new draft that says what another invoice says."""

from invoicing.domain.calendar import today
from invoicing.domain.drafting import draft_invoice, duplicate_of
from invoicing.domain.errors import not_found
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import require
from invoicing.domain.numbering import NumberSeries
from invoicing.domain.party import Account, Customer
from invoicing.operations.billing import customer_to_bill
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import must_exist
from invoicing.operations.issuing import PROFILE, SERIES, number_draft
from invoicing.operations.work import Work


def duplicate_invoice(work: Work, invoice_id: str) -> Invoice:
    """The new draft, dated today, with customer and account as they are now.

    `NotFound`; `ValidationFailed` ``INVALID_CUSTOMER`` when the customer is gone or archived.
    """
    original, account, series = work.store.find_together(
        Ref(Invoice, work.account, invoice_id),
        Ref(Account, work.account, PROFILE),
        Ref(NumberSeries, work.account, SERIES),
    )
    if original is None:
        raise not_found("invoice", invoice_id)
    require(original, "duplicate")
    account = must_exist(account)
    customer_id = original.buyer.id
    customer = customer_to_bill(work, work.store.find(Ref(Customer, work.account, customer_id)), customer_id)
    new = duplicate_of(original, today(work.now, account.time_zone))
    draft = draft_invoice(new, account, customer, new_id=work.new_id, now=work.now)
    draft = number_draft(work, draft, account, series)
    work.changes.save(draft)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.created", draft, work.now))
    return draft
