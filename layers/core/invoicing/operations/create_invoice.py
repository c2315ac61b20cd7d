"""Create an invoice, as a draft or sent at once."""

from invoicing.domain.drafting import NewInvoice, draft_invoice
from invoicing.domain.errors import NotFound
from invoicing.domain.events import invoice_event
from invoicing.domain.exchange import ExchangeRates
from invoicing.domain.invoice import Invoice
from invoicing.domain.numbering import NumberSeries
from invoicing.domain.party import Account, Customer
from invoicing.operations.billing import customer_to_bill
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import reserve_number
from invoicing.operations.issuing import (
    PROFILE,
    RATES,
    SERIES,
    EmailRequest,
    announce_issued,
    issue_invoice,
    number_draft,
)
from invoicing.operations.work import Work


def create_invoice(work: Work, new: NewInvoice, *, send_email: bool, page_url: str) -> Invoice:
    """The invoice as stored.

    `ValidationFailed` ``INVALID_CUSTOMER`` for an unknown or archived customer, and as `draft_invoice`; `Conflict`
    ``DUPLICATE_INVOICE_NUMBER`` when the client's own number is taken.
    """
    account, customer, series, rates = work.store.find_together(
        Ref(Account, work.account, PROFILE),
        Ref(Customer, work.account, new.customer_id),
        Ref(NumberSeries, work.account, SERIES),
        Ref(ExchangeRates, work.account, RATES),
    )
    if account is None:
        raise NotFound("ACCOUNT_NOT_FOUND", "The account of this key is gone.")
    customer = customer_to_bill(work, customer, new.customer_id)
    invoice = draft_invoice(new, account, customer, new_id=work.new_id, now=work.now)
    if new.number is not None:
        reserve_number(work, new.number, invoice.id)
    else:
        invoice = number_draft(work, invoice, account, series)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.created", invoice, work.now))
    if send_email:
        invoice = issue_invoice(work, invoice, invoice.buyer, account=account, series=series, rates=rates)
        announce_issued(work, invoice, invoice.buyer, EmailRequest(), page_url)
    work.changes.save(invoice)
    return invoice
