"""Read a statement of a customer's account."""

from dataclasses import dataclass
from datetime import date, datetime

from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.domain.ledger.carried_balance import CarriedBalance, only_in
from invoicing.domain.ledger.statement import Statement, needed_from, statements_of
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger._carried_balance import carried_balance
from invoicing.operations.lists.query import invalid_query
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_MOVEMENTS = 5_000
"""The most entries of one statement: a Lambda response has at most 6 MB."""

MOST_READ = 20_000
"""The most entries that are read for one: some are of other currencies, or of the month before the period's start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The period and currency that a client requests; None defaults from today, and to all currencies."""

    start: date | None = None
    end: date | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerStatement:
    """A statement for each currency, with current seller and buyer; ``made_on`` is the civil date of ``made_at``."""

    statements: tuple[Statement, ...]
    seller: Seller
    buyer: Buyer
    locale: str
    made_at: datetime
    made_on: date


def get_customer_statement(uow: UnitOfWork, customer_id: str, period: Period, ledger: Ledger) -> CustomerStatement:
    """Return the statement of a period; by default this month up to today, in each currency with an amount.

    Three requests, and one more for each further megabyte (some 2,000 entries): what is carried forward, the entries
    of the period, and those recorded since. `NotFound`; `InvalidRequest` ``INVALID_QUERY`` when the period ends before
    it starts, ``QUERY_TOO_BROAD`` when it has more than `MOST_MOVEMENTS`.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE), (CarriedBalance, customer_id))
    customer, account = uow.get(Customer, customer_id), uow.get(Account, PROFILE)
    made_on = today(uow.now, account.time_zone)
    start, end = _days(period, made_on)
    currency = period.currency or customer.currency or account.currency
    carried = carried_balance(uow, customer_id)
    entries = ledger.entries(
        uow.account,
        customer.id,
        recorded_after=carried.recorded_until,
        dated_from=needed_from(carried, start),
        until=end,
        most=MOST_READ,
    )
    if period.currency:
        carried = only_in(period.currency, carried)
        entries = [entry for entry in entries if entry.currency == period.currency]
    statements = statements_of(
        customer_id=customer.id, currency=currency, start=start, end=end, carried=carried, entries=entries
    )
    if len(entries) >= MOST_READ or sum(len(each.lines) for each in statements) > MOST_MOVEMENTS:
        message = f"A statement covers at most {MOST_MOVEMENTS:,} entries; request a shorter period."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail("start_date", message, "QUERY_TOO_BROAD"),))
    return CustomerStatement(
        statements=statements,
        seller=account.as_seller(),
        buyer=customer.as_buyer(),
        locale=customer.locale or account.locale,
        made_at=uow.now,
        made_on=made_on,
    )


def _days(period: Period, made_on: date) -> tuple[date, date]:
    end = period.end or made_on
    start = period.start or end.replace(day=1)
    if start > end:
        message = f"start_date must not be after end_date, {end}."
        raise invalid_query("start_date", message, start.isoformat(), "DATE_INVALID")
    return start, end
