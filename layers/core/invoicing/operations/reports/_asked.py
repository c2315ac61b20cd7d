"""What a report is asked for, and the account that it is of."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.domain.parties.account import Account
from invoicing.domain.reports.figures import Row
from invoicing.domain.reports.periods import twelve_months_before
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import require_in_order
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_YEARS = 20
"""The longest period of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """The period and currency that a client requests; by default the twelve months up to today, and all currencies."""

    start: date | None = None
    end: date | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The period, both days included, the account's own currency, and the currency that is asked for, if one is."""

    start: date
    end: date
    base: str
    currency: str | None

    def chosen[R: HasRow](self, rows: Iterable[R]) -> tuple[R, ...]:
        """Return the rows that are asked for: with a currency, its own and what has no rate."""
        return tuple(
            each
            for each in rows
            if self.currency is None or (each.row.currency == self.currency and each.row.conversion != "converted")
        )


class HasRow(Protocol):
    """A row of a report."""

    @property
    def row(self) -> Row:
        """Whose amounts it has."""


def asked(uow: UnitOfWork, query: ReportQuery) -> Asked:
    """Return what is asked for, in civil dates of the account; one request.

    `InvalidRequest` ``INVALID_QUERY`` when the period ends before it starts, ``QUERY_TOO_BROAD`` for more than
    `MOST_YEARS`.
    """
    account = uow.get(Account, PROFILE)
    end = query.end or max(today(uow.now, account.time_zone), query.start or date.min)
    start = query.start or twelve_months_before(end)
    require_in_order(start, end)
    if (end.year - start.year, end.month, end.day) >= (MOST_YEARS, start.month, start.day):
        raise too_broad(f"A report has at most {MOST_YEARS} years; request a shorter period.")
    return Asked(start=start, end=end, base=account.currency, currency=query.currency)


def too_broad(message: str) -> InvalidRequest:
    """Return the error of a period that is too long for a report."""
    return InvalidRequest("QUERY_TOO_BROAD", message, (Detail("start_date", message, "QUERY_TOO_BROAD"),))
