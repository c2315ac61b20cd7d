"""What the schedules of an account are going to make: totals by currency and week."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from invoicing.domain.calendar import days_after, today, week_of
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.coming_amounts import coming_amounts
from invoicing.domain.recurring.coming_totals import ComingAmount, ComingTotals, totals_by
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import Condition, ListQuery, invalid_query
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_DAYS = 731
"""How far it looks ahead: two years of a daily schedule are some 40 ms."""

_ACTIVE = ListQuery(conditions=(Condition("status", "eq", (RecurringStatus.ACTIVE,)),), per_page=100)


class Forecast(NamedTuple):
    """Totals by currency and the Monday of the ISO week; ``left_out`` are schedules whose invoices cannot be made."""

    totals: Mapping[tuple[str, date], ComingTotals]
    left_out: tuple[str, ...]


def forecast(uow: UnitOfWork, first: date, last: date) -> Forecast:
    """Return the totals of the invoices to come that are due from one day to another, if nothing changes.

    One request for the account, and three for each 100 active schedules. `InvalidRequest` for a ``last`` later than
    `MOST_DAYS` after today.
    """
    account = uow.get(Account, PROFILE)
    if last > (latest := days_after(today(uow.now, account.time_zone), MOST_DAYS)):
        raise invalid_query("end_date", f"end_date must not be after {latest}.", last.isoformat(), "DATE_INVALID")
    amounts: list[ComingAmount] = []
    left_out: list[str] = []
    for schedule, customer in _active(uow):
        coming = coming_amounts(schedule, account, customer, until=last, new_id=uow.new_id, now=uow.now)
        try:
            amounts += [each for each in coming if first <= each.due_date <= last]
        except ValidationFailed:
            left_out.append(schedule.id)
    return Forecast(totals_by(amounts, lambda each: (each.currency, week_of(each.due_date))), tuple(left_out))


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
