"""Create an invoice, as a draft or sent at once."""

from dataclasses import replace

from invoicing.domain.events.invoices import INVOICE_CREATED
from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import require_rate
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices._attachments import Attach, nothing
from invoicing.operations.invoices._drafts import reserve_number, warn_of_draft
from invoicing.operations.invoices._issuing import issue_invoice, number_draft
from invoicing.operations.numbering.chosen_series import keep_series, require_series
from invoicing.operations.templates._chosen import require_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def reads_of(customer_id: str, series_id: str | None, *, send_email: bool) -> list[tuple[type, str]]:
    """Return what `create_invoice` reads for an invoice."""
    series = (NumberSeries, series_id or INVOICES)
    at_issue = [(AccountReminders, REMINDERS)] if send_email else []
    return [(Account, PROFILE), (Customer, customer_id), series, (ExchangeRates, RATES), *at_issue]


def create_invoice(
    uow: UnitOfWork, new: NewInvoice, *, send_email: bool, page_url: str, attach: Attach = nothing
) -> Invoice:
    """Create the invoice, with what ``attach`` returns.

    `ValidationFailed` ``INVALID_CUSTOMER`` for an unknown or archived customer, and as `draft_invoice`,
    `require_series`, `require_template` and `attach_files`; `Conflict` ``DUPLICATE_INVOICE_NUMBER`` when the client's
    own number is in use.
    """
    uow.prefetch(*reads_of(new.customer_id, new.series_id, send_email=send_email))
    account = uow.get(Account, PROFILE)
    require_series(account, new.series_id)
    require_template(account, new.template_id)
    customer = customer_to_bill(uow, uow.find(Customer, new.customer_id), new.customer_id, unchanged=send_email)
    invoice = draft_invoice(new, account, customer, new_id=uow.new_id, now=uow.now)
    invoice = replace(invoice, attachments=attach(uow))
    require_rate(invoice.currency, account.currency, new.exchange_rate)
    if new.number is not None:
        reserve_number(uow, new.number, invoice.id)
    else:
        invoice = number_draft(uow, invoice, account)
    uow.record(INVOICE_CREATED, invoice)
    if send_email:
        invoice = issue_invoice(uow, invoice, invoice.buyer, account, email=EmailRequest(), page_url=page_url)
    else:
        uow.changes.save(invoice)
    if invoice.number is None:
        keep_series(uow, account, new.series_id)
    warn_of_draft(uow, invoice, account)
    return invoice
