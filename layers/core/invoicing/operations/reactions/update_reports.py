"""Post ledger entries to the running totals of reports: each once, whatever comes twice, late or in parallel."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from invoicing.domain.ledger.document import Document, document_of
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.reports.posting import postings
from invoicing.domain.reports.totals import Amounts, Key, PostedEntry, ReportTotal, posted
from invoicing.operations.ledger._documents import documents_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_ENTRIES = 30
"""The most entries of one step, which reads their notes and what they are of in one request each."""

MOST_WRITES = 90
"""Writes after which a step takes no further entry; a transaction has 100, and an entry touches few totals."""


def update_reports(uow: UnitOfWork, entries: Sequence[LedgerEntry]) -> int:
    """Post the first of some entries of one account, and return how many are done: at least one.

    Three reads and one transaction, which writes a note of each entry under the condition that there is none, and each
    total once; only the first read when all are posted. `ValueError` for an entry without what it is of: the entry and
    its document are of one transaction.
    """
    some = entries[:MOST_ENTRIES]
    notes = uow.store.find_together(*(uow.ref(PostedEntry, entry.id) for entry in some))
    known = {note.id for note in notes if note}
    sources = sources_of(uow, [entry for entry in some if entry.id not in known])
    added: dict[str, list[tuple[Key, Amounts]]] = defaultdict(list)
    done = 0
    new: list[LedgerEntry] = []
    for entry in some:
        if entry.id not in known:
            found = list(postings(entry, sources[entry.id]))
            if new and len(new) + len({*added, *(posting.total for posting in found)}) >= MOST_WRITES:
                break
            new.append(entry)
            for posting in found:
                added[posting.total].append((posting.key, posting.amounts))
        done += 1
    _write(uow, new, added)
    return done


def sources_of(uow: UnitOfWork, entries: Sequence[LedgerEntry]) -> Mapping[str, Document | None]:
    """Return what each entry is of, by the entry's id; `ValueError` where it is not there."""
    found = documents_of(uow, entries)
    for entry in entries:
        if found[entry.id] is None and (named := document_of(entry)):
            raise ValueError(f"{entry.id} is of {named[1]}, which is not there")
    return found


def _write(uow: UnitOfWork, entries: Sequence[LedgerEntry], added: dict[str, list[tuple[Key, Amounts]]]) -> None:
    if not entries:
        return
    totals = uow.store.find_together(*(uow.ref(ReportTotal, total) for total in added))
    for entry in entries:
        uow.changes.save(PostedEntry(account=uow.account, id=entry.id))
    for (identifier, figures), total in zip(added.items(), totals, strict=True):
        uow.changes.save(posted(total or ReportTotal(account=uow.account, id=identifier), figures))
