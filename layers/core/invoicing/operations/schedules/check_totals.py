"""Every night: compare the running totals of some accounts with their ledgers, and change nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from invoicing.dataclass import dataclass
from invoicing.identifiers import time_of
from invoicing.operations.reports._comparing import Compared, compare, customers_in, listed_customers
from invoicing.operations.reports._ports import AccountSample, ReportTotals
from invoicing.operations.reports._recomputing import entries_of
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

ACCOUNTS = 20
"""Accounts that are looked at in one night, live and test ones."""

MOST = 5_000
"""Customers, totals, or slices of up to 100 entries of one customer, of an account that is compared as a whole."""

PATIENCE = timedelta(minutes=5)
"""After so long no further account is begun; one alone takes less than the ten minutes that are left."""

POSTED_WITHIN = timedelta(hours=1)
"""How late an entry may be posted: usually it is a second, and failed posting ends in the dead letters long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Tenant partitions by what became of them.

    ``differing`` have totals that do not equal the ledger's sums, or entries that were not posted in time, and
    ``too_large`` are left out.
    """

    equal: tuple[str, ...]
    differing: tuple[str, ...]
    too_large: tuple[str, ...]


def check_totals(
    start: Callable[[str], UnitOfWork],
    accounts: AccountSample,
    ledger: Ledger,
    totals: ReportTotals,
    now: Callable[[], datetime],
) -> Checked:
    """Compare all totals of some accounts, and write nothing; ``start`` begins to read one.

    Some four requests for 100 entries, and one for each customer. No account reads more than `MOST` allows, and
    together they are a sample: what a night costs does not grow with the accounts there are.
    """
    equal: list[str] = []
    differing: list[str] = []
    too_large: list[str] = []
    until = now() + PATIENCE
    for account in takewhile(lambda _: now() < until, accounts.some(ACCOUNTS)):
        posted_by = now() - POSTED_WITHIN
        try:
            found = _compared(start(account), ledger, totals)
        except _TooMany:
            too_large.append(account)
        else:
            (equal if _is_equal(found, posted_by) else differing).append(account)
    return Checked(equal=tuple(equal), differing=tuple(differing), too_large=tuple(too_large))


def _compared(uow: UnitOfWork, ledger: Ledger, totals: ReportTotals) -> Compared:
    stored = {total.id: total for total in _at_most(totals.all(uow.account))}
    customers = {*_at_most(listed_customers(uow)), *customers_in(stored.values())}
    return compare(uow, stored, _at_most(entries_of(ledger, uow.account, sorted(customers))))


def _is_equal(found: Compared, posted_by: datetime) -> bool:
    is_late = found.oldest_unposted is not None and time_of(found.oldest_unposted) <= posted_by
    return not found.differing and not is_late


class _TooMany(Exception):
    """An account has more than is compared at night."""


def _at_most[T](found: Iterable[T]) -> Iterator[T]:
    for count, each in enumerate(found):
        if count == MOST:
            raise _TooMany
        yield each
