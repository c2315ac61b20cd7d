"""The draft that a date of a schedule makes, and what the next dates will make."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.payment_terms import read_terms
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.payable import rounding_for
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.lifecycle import resume
from invoicing.domain.recurring.occurrences import Occurrence, Skipped, next_occurrence
from invoicing.domain.recurring.placeholders import with_words
from invoicing.domain.recurring.progress import made, settled, skipped
from invoicing.domain.recurring.proration import prorated
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus

MOST_PREVIEWED = 100


def draft_of(
    schedule: RecurringInvoice,
    occurrence: Occurrence,
    account: Account,
    customer: Customer,
    *,
    new_id: Callable[[str], str],
    now: datetime,
) -> Invoice:
    """Return the draft of a date, whose identifier follows from schedule and date.

    A draft that is left to the seller is dated when it is issued. `ValidationFailed` as `draft_invoice` and
    `with_words`.
    """
    content = _content(schedule, occurrence, account, customer)
    draft = draft_invoice(content, account, customer, new_id=new_id, now=now)
    return replace(draft, id=occurrence.invoice_id, recurring_id=schedule.id)


def coming(schedule: RecurringInvoice, account: Account, now: datetime) -> Iterator[Occurrence]:
    """Yield the next dates as they will be made, of a paused schedule as if it were resumed now."""
    if schedule.status is RecurringStatus.PAUSED:
        schedule, _ = resume(schedule, account, now)
    schedule = settled(schedule, account)
    while schedule.next_at is not None:
        now = max(now, schedule.next_at)
        match next_occurrence(schedule, account, now):
            case Occurrence() as occurrence:
                yield occurrence
                schedule = made(schedule, occurrence, account, now)
            case Skipped() as skip:
                schedule = skipped(schedule, skip, account, now)
            case None:
                return


def payment_terms_of(content: NewInvoice, account: Account, customer: Customer) -> str:
    """Return the wording of the terms of a schedule's invoices, which have no due date of their own."""
    return content.payment_terms or customer.payment_terms or account.payment_terms


def _content(schedule: RecurringInvoice, occurrence: Occurrence, account: Account, customer: Customer) -> NewInvoice:
    content = schedule.content_on(occurrence.occurrence_date)
    currency = content.currency or customer.currency or account.currency
    locale = content.locale or customer.locale or account.locale
    if occurrence.share:
        rounding = rounding_for(currency, content.rounding, account.rounding)
        content = prorated(content, occurrence.share, currency, rounding)
    content = replace(with_words(content, occurrence, locale), service_period=ServicePeriod(*occurrence.period))
    if schedule.on_generate == "draft" and occurrence.issue_date == occurrence.counted_from:
        return content
    content = replace(content, issue_date=occurrence.issue_date)
    if occurrence.counted_from > occurrence.issue_date:
        terms = read_terms(payment_terms_of(content, account, customer))
        if terms:
            content = replace(content, due_date=terms.due_date(occurrence.counted_from))
    return content
