"""Send an invoice to its customer; the first time issues it."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.documents.order_email import EmailRequest, current_buyer
from invoicing.operations.invoices._drafts import warn_of_draft
from invoicing.operations.invoices._issuing import issue_invoice
from invoicing.operations.invoices._scheduled_sends import schedule_send, send_again
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def send_invoice(
    uow: UnitOfWork,
    invoice_id: str,
    email: EmailRequest | None,
    *,
    page_url: str,
    send_at: datetime | None = None,
    if_version: int | None = None,
) -> Invoice:
    """Send the invoice, each time again, or schedule that; without ``email`` it is only marked as sent.

    What is sent at once is no longer scheduled. `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when it is cancelled;
    `PreconditionFailed`; `ValidationFailed` as `order_email` and `schedule_send`.
    """
    uow.prefetch(
        (Invoice, invoice_id),
        (Account, PROFILE),
        (NumberSeries, INVOICES),
        (ExchangeRates, RATES),
        (AccountReminders, REMINDERS),
    )
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "send")
    if send_at is not None:
        return schedule_send(uow, invoice, account, email, send_at=send_at, page_url=page_url)
    if invoice.status is not Status.DRAFT:
        return send_again(uow, invoice, account, current_buyer(uow, invoice.buyer), email, page_url=page_url)
    buyer = current_buyer(uow, invoice.buyer)
    draft = replace(invoice, version=invoice.version + 1)
    issued = issue_invoice(uow, draft, buyer, account, email=email, page_url=page_url)
    warn_of_draft(uow, issued, account)
    return issued
