"""Reading of what ledger entries are of."""

from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from invoicing.domain.ledger.document import Document, document_of
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_TOGETHER = 100
"""The most entities that are read by their ids in one request."""


def documents_of(uow: UnitOfWork, entries: Sequence[LedgerEntry]) -> Mapping[str, Document | None]:
    """Return what each entry is of, by the entry's id, None where it is not there; a request for `MOST_TOGETHER`."""
    refs: dict[str, Ref[Any]] = {entry.id: uow.ref(*named) for entry in entries if (named := document_of(entry))}
    found: dict[Ref[Any], Document | None] = {}
    for some in batched(dict.fromkeys(refs.values()), MOST_TOGETHER, strict=False):
        found |= dict(zip(some, uow.store.find_together(*some), strict=True))
    return {entry.id: found[refs[entry.id]] if entry.id in refs else None for entry in entries}
