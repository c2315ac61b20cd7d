"""Read what is due in the weeks to come."""

from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after, today
from invoicing.domain.parties.account import Account
from invoicing.domain.reports.forecast import DuePeriod, DueWeeks, forecast_of, last_day
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import invalid_query, require_in_order
from invoicing.operations.recurring._forecast import forecast
from invoicing.operations.reports._asked import Asked, ReportQuery
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_DAYS = 366
"""How far it looks ahead: a year of a daily schedule is some 20 ms."""

USUAL_WEEKS = 13
"""A quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastReport:
    """What is due by period and currency.

    ``left_out`` are schedules whose invoices cannot be made; ``more_schedules`` says whether there are others than
    those that were read.
    """

    asked: Asked
    rows: tuple[DuePeriod, ...]
    left_out: tuple[str, ...]
    more_schedules: bool


def get_forecast_report(uow: UnitOfWork, query: ReportQuery, totals: ReportTotals) -> ForecastReport:
    """Return what is due by ISO week, and before and after the weeks; drafts never.

    By default the weeks are 13 from today on, this one included. Two requests, one more for each further megabyte of
    totals, and as `forecast`. `InvalidRequest` ``INVALID_QUERY`` for dates before today or later than `MOST_DAYS` after
    it, or that are not in order.
    """
    uow.prefetch((Account, PROFILE))
    account = uow.get(Account, PROFILE)
    weeks = _weeks(query, today(uow.now, account.time_zone))
    coming = forecast(uow, weeks)
    rows = forecast_of(totals.days(uow.account, None, date.max), coming.totals, weeks)
    period = Asked(start=weeks.start, end=weeks.end, base=account.currency, currency=query.currency)
    return ForecastReport(
        asked=period, rows=period.chosen(rows), left_out=coming.left_out, more_schedules=coming.has_more
    )


def _weeks(query: ReportQuery, first: date) -> DueWeeks:
    latest = days_after(first, MOST_DAYS)
    for name, day in (("start_date", query.start), ("end_date", query.end)):
        if day and not first <= day <= latest:
            message = f"{name} must be from {first}, today, to {latest}."
            raise invalid_query(name, message, day.isoformat(), "DATE_INVALID")
    start = query.start or first
    end = query.end or min(last_day(start, USUAL_WEEKS), latest)
    require_in_order(start, end)
    return DueWeeks(first, start, end)
