"""Running totals recomputed from the ledger, to compare them with those that are stored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.reports.posting import postings
from invoicing.domain.reports.totals import Amounts, Key, PostedEntry, ReportTotal, add
from invoicing.operations.reactions.update_reports import sources_of, update_reports
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

AT_ONCE = 100
"""Entries whose notes, and what they are of, are read in one request each."""

SLICE = 1_000
"""Entries of a customer that are in memory together."""

type Start = Callable[[ChangeSet], UnitOfWork]
"""Begins an attempt at a use case."""

type Figures = dict[Key, Amounts]


def entries_of(ledger: Ledger, account: str, customers: Iterable[str]) -> Iterator[tuple[LedgerEntry, ...]]:
    """Yield all ledger entries of customers, `AT_ONCE` of one customer at a time."""
    for customer_id in customers:
        some = ledger.entries(account, customer_id, most=SLICE)
        while some:
            yield from batched(some, AT_ONCE, strict=False)
            last, was_full = some[-1].id, len(some) == SLICE
            some = ledger.entries(account, customer_id, recorded_after=last, most=SLICE) if was_full else []


def post_missing(start: Start, entries: Sequence[LedgerEntry]) -> int:
    """Post those of some entries that are not posted, and return how many they were; one read without any."""
    missing = _by_note(start(ChangeSet()), entries)[False]
    count = len(missing)
    while missing:
        del missing[: run_use_case(start, lambda uow: update_reports(uow, missing))]
    return count


def add_posted(uow: UnitOfWork, entries: Sequence[LedgerEntry], sums: dict[str, Figures]) -> list[LedgerEntry]:
    """Add those of some entries that are posted to the figures of their totals, by the ids of these; two reads.

    Return those that are not posted.
    """
    by_note = _by_note(uow, entries)
    sources = sources_of(uow, by_note[True])
    for entry in by_note[True]:
        for posting in postings(entry, sources[entry.id]):
            add(sums.setdefault(posting.total, {}), posting.key, posting.amounts)
    return by_note[False]


def replace_total(uow: UnitOfWork, right: ReportTotal) -> bool:
    """Write a total as it is recomputed, and return whether it was written.

    It is not where another entry was posted to it since its version was read, whatever comes in between.
    """
    kept = uow.find(ReportTotal, right.id)
    if (kept.version if kept else 0) != right.version - 1:
        return False
    uow.changes.save(right)
    return True


def _by_note(uow: UnitOfWork, entries: Sequence[LedgerEntry]) -> dict[bool, list[LedgerEntry]]:
    """Tell entries with the note that they are posted from those without."""
    notes = uow.store.find_together(*(uow.ref(PostedEntry, entry.id) for entry in entries))
    found: dict[bool, list[LedgerEntry]] = {True: [], False: []}
    for entry, note in zip(entries, notes, strict=True):
        found[note is not None].append(entry)
    return found
