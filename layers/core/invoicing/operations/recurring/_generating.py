"""The invoice of a date, treated as its schedule says."""

from invoicing.domain.events.invoices import INVOICE_CREATED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import require_rate
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.drafting import draft_of
from invoicing.domain.recurring.occurrences import Occurrence
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices._issuing import issue_invoice, number_draft
from invoicing.operations.numbering.chosen_series import keep_series, require_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def generate(
    uow: UnitOfWork, schedule: RecurringInvoice, occurrence: Occurrence, account: Account, customer: Customer | None
) -> Invoice:
    """Make the invoice of a date: a draft, or issued, or sent.

    What was due before its customer was archived is still made. When nobody can get its e-mail it is issued all the
    same, and the delivery fails. Errors as `create_invoice`.
    """
    series_id = schedule.content_on(occurrence.occurrence_date).series_id
    require_series(account, series_id)
    billed = customer_to_bill(uow, customer, schedule.customer_id, unchanged=True, archived=True)
    draft = draft_of(schedule, occurrence, account, billed, new_id=uow.new_id, now=uow.now)
    require_rate(draft.currency, account.currency, draft.exchange_rate)
    draft = number_draft(uow, draft, account)
    uow.record(INVOICE_CREATED, draft)
    if schedule.on_generate != "draft":
        email = EmailRequest(unattended=True) if schedule.on_generate == "send" else None
        return issue_invoice(uow, draft, draft.buyer, account, email=email, page_url=schedule.page_url)
    uow.changes.save(draft)
    if draft.number is None:
        keep_series(uow, account, series_id)
    return draft
