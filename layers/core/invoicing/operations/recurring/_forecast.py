"""What the schedules of an account are going to make: totals by currency and period."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.coming_amounts import coming_amounts
from invoicing.domain.recurring.coming_totals import ComingAmount, ComingTotals, totals_by
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.domain.reports.forecast import DueWeeks
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_SCHEDULES = 300
"""The most schedules of one forecast: a year of so many daily ones takes seconds."""

_ACTIVE = ListQuery(
    conditions=(Condition("status", "eq", (RecurringStatus.ACTIVE,)),),
    sorts=(Sort(CREATED, descending=False),),
    per_page=100,
)


class Forecast(NamedTuple):
    """Totals by currency and period; ``left_out`` are schedules whose invoices cannot be made.

    ``has_more``: there are more active schedules than the `MOST_SCHEDULES` that were made first.
    """

    totals: Mapping[tuple[str, str], ComingTotals]
    left_out: tuple[str, ...]
    has_more: bool


def forecast(uow: UnitOfWork, weeks: DueWeeks) -> Forecast:
    """Return the totals of the invoices to come that are due from today to the end of some weeks, if nothing changes.

    One request for the account, and three for each 100 active schedules, of which it reads `MOST_SCHEDULES`, the oldest
    first.
    """
    account = uow.get(Account, PROFILE)
    amounts: list[ComingAmount] = []
    left_out: list[str] = []
    schedules = list(islice(_active(uow), MOST_SCHEDULES + 1))
    for schedule, customer in schedules[:MOST_SCHEDULES]:
        coming = coming_amounts(schedule, account, customer, until=weeks.end, new_id=uow.new_id, now=uow.now)
        try:
            amounts += [each for each in coming if weeks.today <= each.due_date <= weeks.end]
        except ValidationFailed:
            left_out.append(schedule.id)
    return Forecast(
        totals_by(amounts, lambda each: (each.currency, weeks.period_of(each.due_date))),
        tuple(left_out),
        len(schedules) > MOST_SCHEDULES,
    )


def _active(uow: UnitOfWork) -> Iterator[tuple[RecurringInvoice, Customer]]:
    """Yield the schedules that make invoices, with their customers."""
    query: ListQuery | None = _ACTIVE
    while query:
        page = uow.page_of(RecurringInvoice, query)
        customers = dict.fromkeys((Customer, schedule.customer_id) for schedule in page.items)
        if customers:
            uow.prefetch(*customers)
        for schedule in page.items:
            yield schedule, uow.get(Customer, schedule.customer_id)
        query = replace(query, cursor=page.next_cursor) if page.next_cursor else None
