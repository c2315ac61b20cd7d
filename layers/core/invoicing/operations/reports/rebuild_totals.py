"""Rebuild the running totals of reports from the ledger, and prove those that are stored equal."""

from functools import partial

from invoicing.dataclass import dataclass
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.reports._comparing import compare, customers_in, listed_customers
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.reports._recomputing import Start, entries_of, post_missing, replace_total
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import run_use_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many entries there are, and how many were posted now; how many totals equal the ledger's sums.

    ``differing`` are the ids of those that do not, ``repaired`` how many of them were rewritten. ``changing`` is the
    number of those to which an entry was posted during the run, so that only another run can compare them.
    """

    entries: int
    posted_now: int
    equal: int
    differing: tuple[str, ...]
    repaired: int
    changing: int


def rebuild_totals(start: Start, ledger: Ledger, totals: ReportTotals, *, repair: bool) -> Rebuilt:
    """Post the entries of an account that are not posted, and compare all totals; with ``repair``, write them right.

    Reads all of the ledger twice, in slices, and what its entries are of once: some four requests for 100 entries.
    Each entry and each total is a transaction of its own, so that another run goes on where one was stopped.
    `NotFound` ``ACCOUNT_NOT_FOUND``.
    """
    uow = start(ChangeSet())
    uow.get(Account, PROFILE)
    customers = {*listed_customers(uow), *customers_in(totals.all(uow.account))}
    posted_now = sum(post_missing(start, some) for some in entries_of(ledger, uow.account, sorted(customers)))
    # A customer with a posted entry is in the totals that are read now, even where the list is a moment behind.
    stored = {total.id: total for total in totals.all(uow.account)}
    all_entries = entries_of(ledger, uow.account, sorted(customers | customers_in(stored.values())))
    found = compare(uow, stored, all_entries)
    to_write = found.differing if repair else []
    repaired = sum(run_use_case(start, partial(replace_total, right=right)) for right in to_write)
    return Rebuilt(
        entries=found.entries,
        posted_now=posted_now,
        equal=found.equal,
        differing=tuple(total.id for total in found.differing),
        repaired=repaired,
        changing=found.changing,
    )
