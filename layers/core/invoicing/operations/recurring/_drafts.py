"""The invoices that a schedule is going to make."""

from collections.abc import Iterator
from dataclasses import replace

from invoicing.domain.drawing_warnings import warnings_of_invoice
from invoicing.domain.invoices.exemptions import tax_warnings
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import dated
from invoicing.domain.invoices.payment_means import means_warnings
from invoicing.domain.locales import locale_warnings
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.drafting import coming, draft_of
from invoicing.domain.recurring.occurrences import Occurrence
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def coming_drafts(
    uow: UnitOfWork, schedule: RecurringInvoice, account: Account, customer: Customer
) -> Iterator[tuple[Occurrence, Invoice]]:
    """Yield the next dates and their drafts, if nothing changes; `ValidationFailed` as `draft_of`."""
    for occurrence in coming(schedule, account, uow.now):
        yield occurrence, coming_draft(uow, schedule, occurrence, account, customer)


def coming_draft(
    uow: UnitOfWork, schedule: RecurringInvoice, occurrence: Occurrence, account: Account, customer: Customer
) -> Invoice:
    """Return the draft of a date, dated as if it was issued when it is made; `ValidationFailed` as `draft_of`."""
    draft = draft_of(schedule, occurrence, account, customer, new_id=uow.new_id, now=uow.now)
    return dated(draft, occurrence.issue_date)


def require_drafts(uow: UnitOfWork, schedule: RecurringInvoice, account: Account, customer: Customer) -> None:
    """Raise `ValidationFailed` where an invoice cannot be made of the content, planned ones included; warn of the rest.

    Dates and content are known long before an invoice is made: what is wrong in them is said at once.
    """
    occurrence = next(coming(schedule, account, uow.now), None)
    if occurrence is None:
        return
    for content in (schedule.content, *(planned.content for planned in schedule.planned)):
        alone = replace(schedule, content=content, planned=())
        draft = draft_of(alone, occurrence, account, customer, new_id=uow.new_id, now=uow.now)
        means = draft.stated.payment_means
        doubts = (
            *(means_warnings(means, draft.currency, account.account_in(draft.currency)) if means else ()),
            *tax_warnings(draft, account),
            *locale_warnings(draft.locale),
            *warnings_of_invoice(draft),
        )
        uow.warnings.extend(each for each in doubts if each not in uow.warnings)
