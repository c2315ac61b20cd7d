"""Comparison of the running totals of an account with sums of its ledger."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched

from invoicing.dataclass import dataclass
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reports.totals import CUSTOMERS, ReportTotal, of_customer, without_zeros
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.reports._recomputing import AT_ONCE, Figures, add_posted
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

type Stored = Mapping[str, ReportTotal]
"""The totals of an account by their ids, all read before the entries that they are compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What became of a comparison.

    ``differing`` are the totals that do not equal the ledger's sums, as they should be, in their next version.
    ``changing`` is the number of those to which an entry was posted during the comparison, ``oldest_unposted`` is the
    id of the first entry that was not posted when it was read.
    """

    entries: int
    oldest_unposted: str | None
    equal: int
    differing: Sequence[ReportTotal]
    changing: int


def compare(uow: UnitOfWork, stored: Stored, entries: Iterable[Sequence[LedgerEntry]]) -> Compared:
    """Add up entries, at most `AT_ONCE` at a time, and compare their sums with all totals.

    It may run while entries are posted: a total differs only where no entry was posted to it since it was read.
    """
    sums: dict[str, Figures] = {}
    oldest_unposted: str | None = None
    count = 0
    for some in entries:
        unposted = add_posted(uow, some, sums)
        oldest_unposted = min(filter(None, [oldest_unposted, *(entry.id for entry in unposted)]), default=None)
        count += len(some)
    differing, changing = _differences(uow, stored, sums)
    return Compared(
        entries=count,
        oldest_unposted=oldest_unposted,
        equal=len(stored.keys() | sums.keys()) - len(differing) - changing,
        differing=differing,
        changing=changing,
    )


def listed_customers(uow: UnitOfWork) -> Iterator[str]:
    """Yield the ids of all customers, those that are archived included; one request for 100.

    The list may be a moment behind, and yield a customer twice that is archived during the reading.
    """
    for archived in ("false", "true"):
        query = ListQuery(conditions=(Condition("archived", "eq", (archived,)),), per_page=AT_ONCE)
        page = uow.page_of(Customer, query)
        yield from (customer.id for customer in page.items)
        while page.next_cursor:
            page = uow.page_of(Customer, replace(query, cursor=page.next_cursor))
            yield from (customer.id for customer in page.items)


def customers_in(totals: Iterable[ReportTotal]) -> set[str]:
    """Return the ids of all customers of whom an entry is posted."""
    return {of_customer(total).customer_id for total in totals if total.id.startswith(CUSTOMERS)}


def _differences(uow: UnitOfWork, stored: Stored, sums: Mapping[str, Figures]) -> tuple[list[ReportTotal], int]:
    """Return what those that differ should be, and the number of those that changed since they were read.

    One request for 100 that are not equal at once.
    """
    expected = {name: without_zeros(sums.get(name, {})) for name in sorted(stored.keys() | sums.keys())}
    suspects = [name for name, figures in expected.items() if figures != _figures(stored.get(name))]
    differing: list[ReportTotal] = []
    changing = 0
    for name, now in _read_again(uow, suspects):
        version = stored[name].version if name in stored else 0
        if _figures(now) == expected[name]:
            continue
        if (now.version if now else 0) != version:
            changing += 1
        else:
            right = ReportTotal(account=uow.account, id=name, version=version + 1, figures=expected[name])
            differing.append(right)
    return differing, changing


def _read_again(uow: UnitOfWork, names: list[str]) -> Iterator[tuple[str, ReportTotal | None]]:
    for some in batched(names, AT_ONCE, strict=False):
        yield from zip(some, uow.store.find_together(*(uow.ref(ReportTotal, name) for name in some)), strict=True)


def _figures(total: ReportTotal | None) -> Figures:
    return without_zeros(total.figures) if total else {}
