"""What the invoices of a schedule amount to that are to come, without drafting each."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from invoicing.domain.invoices.payment_terms import invoice_dates
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.coming_totals import ComingAmount, amount_of
from invoicing.domain.recurring.drafting import coming, draft_of, payment_terms_of
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.domain.recurring.timetable import Share


def coming_amounts(
    schedule: RecurringInvoice,
    account: Account,
    customer: Customer,
    *,
    until: date,
    new_id: Callable[[str], str],
    now: datetime,
) -> Iterator[ComingAmount]:
    """Yield the amounts of the invoices that are dated up to a day, if nothing changes, in order.

    None are to come of a schedule that is paused or has ended, or whose customer is archived. Content is drafted once
    for each share of a period, however many dates have it: texts differ by date, amounts do not. `ValidationFailed` as
    `draft_of`.
    """
    if schedule.status is not RecurringStatus.ACTIVE or customer.archived_at:
        return
    amounts: dict[tuple[int, Share | None], ComingAmount] = {}
    for occurrence in coming(schedule, account, now):
        if occurrence.issue_date > until:
            return
        content = schedule.content_on(occurrence.occurrence_date)
        key = (id(content), occurrence.share)
        if key not in amounts:
            amounts[key] = amount_of(draft_of(schedule, occurrence, account, customer, new_id=new_id, now=now))
        counted_from = occurrence.counted_from
        _, due_date = invoice_dates(
            today=counted_from,
            issue_date=counted_from,
            due_date=None,
            payment_terms=payment_terms_of(content, account, customer),
        )
        yield amounts[key]._replace(issue_date=occurrence.issue_date, due_date=due_date)
