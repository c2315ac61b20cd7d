"""Read a statement of a customer's account."""

from datetime import date, datetime

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.domain.ledger.carried_balance import CarriedBalance, only_in
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.ledger.statement import Statement, needed_from, statements_of
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger._carried_balance import carried_balance
from invoicing.operations.lists.query import require_in_order
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
    """A statement for each currency, with current seller, buyer and template.

    ``made_on`` is the civil date of ``made_at``.
    """

    account: str
    statements: tuple[Statement, ...]
    seller: Seller
    buyer: Buyer
    template: TemplateRef | None = None
    locale: str
    made_at: datetime
    made_on: date


def get_customer_statement(uow: UnitOfWork, customer_id: str, period: Period, ledger: Ledger) -> CustomerStatement:
    """Return the statement of a period; by default this month up to today, in each currency with an amount.

    Three requests, and one more for each further megabyte (some 2,000 entries): what is carried forward, the entries
    from the period's start on, and those recorded since. `NotFound`; `InvalidRequest` ``INVALID_QUERY`` when the period
    ends before it starts, ``QUERY_TOO_BROAD`` when it has more than `MOST_MOVEMENTS`.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE), (CarriedBalance, customer_id))
    customer, account = uow.get(Customer, customer_id), uow.get(Account, PROFILE)
    made_on = today(uow.now, account.time_zone)
    start, end = _days(period, made_on)
    currency = period.currency or customer.currency or account.currency
    carried = carried_balance(uow, customer_id)
    entries, has_later = _entries(ledger, carried, start, end)
    if period.currency:
        carried = only_in(period.currency, carried)
        entries = [entry for entry in entries if entry.currency == period.currency]
    statements = statements_of(
        customer_id=customer.id,
        currency=currency,
        start=start,
        end=end,
        carried=carried,
        entries=entries,
        has_later=has_later,
    )
    if sum(len(each.lines) for each in statements) > MOST_MOVEMENTS:
        raise _too_broad()
    locale, template = customer.locale or account.locale, account.template_for(customer.template_id)
    return CustomerStatement(
        account=uow.account,
        statements=statements,
        seller=account.as_seller(currency, locale, template),
        buyer=customer.as_buyer(),
        template=template,
        locale=locale,
        made_at=uow.now,
        made_on=made_on,
    )


def _entries(ledger: Ledger, carried: CarriedBalance, start: date, end: date) -> tuple[list[LedgerEntry], bool]:
    """Return the entries of a statement, and whether those dated after its end are among them, for the ageing.

    They are left out where they are too many. `InvalidRequest` ``QUERY_TOO_BROAD``.
    """
    for until in (None, end):
        found = ledger.entries(
            carried.account,
            carried.id,
            recorded_after=carried.recorded_until,
            dated_from=needed_from(carried, start),
            until=until,
            most=MOST_READ,
        )
        if len(found) < MOST_READ:
            return found, until is None
    raise _too_broad()


def _too_broad() -> InvalidRequest:
    message = f"A statement covers at most {MOST_MOVEMENTS:,} entries; request a shorter period."
    return InvalidRequest("QUERY_TOO_BROAD", message, (Detail("start_date", message, "QUERY_TOO_BROAD"),))


def _days(period: Period, made_on: date) -> tuple[date, date]:
    end = period.end or made_on
    start = period.start or end.replace(day=1)
    require_in_order(start, end)
    return start, end
