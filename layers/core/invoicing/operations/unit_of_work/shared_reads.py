"""Reads that the use cases of one request share: what was read for one of them, the others do not read again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from invoicing.domain.numbering.series import NumberSeries
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, Ref, WriteConflict, ref_of
from invoicing.operations.unit_of_work.ports import Store

MOST_TOGETHER = 100
"""The most entities that `Store.find_together` reads."""


class SharedReads(Store):
    """A store that reads each entity once, and knows it as the request's own transactions leave it.

    If others change something in between, the conditions of a transaction fail, and everything is read again. A use
    case that raises an error writes nothing, so whoever trusts its error calls `forget` and runs it again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[Ref[Any], Any] = {}

    def read_ahead(self, refs: Iterable[Ref[Any]]) -> None:
        """Read what several use cases will ask for, 100 entities in a request."""
        wanted = [ref for ref in dict.fromkeys(refs) if ref not in self._known]
        for first in range(0, len(wanted), MOST_TOGETHER):
            some = wanted[first : first + MOST_TOGETHER]
            self._known.update(zip(some, self._store.find_together(*some), strict=True))

    def forget(self) -> None:
        """Forget what was read."""
        self._known.clear()

    def find[A](self, ref: Ref[A]) -> A | None:
        """Return an entity, or None; one request the first time."""
        if ref not in self._known:
            self._known[ref] = self._store.find(ref)
        found: A | None = self._known[ref]
        return found

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        """Return entities of any kind, in one request for those that are not known."""
        self.read_ahead(refs)
        return tuple(self._known[ref] for ref in refs)

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        """Write everything in one transaction, as `Store.commit`."""
        try:
            self._store.commit(changes, idempotency_record)
        except WriteConflict:
            self.forget()
            raise
        self._known |= {ref: save.entity for save in changes.saves if (ref := ref_of(save.entity)) in self._known}
        for remove in changes.removes:
            self._known.pop(ref_of(remove.entity), None)

    def find_idempotency_record(self, account: str, key: str, now: datetime) -> IdempotencyRecord | None:
        """Return the record of an idempotency key as it is now."""
        return self._store.find_idempotency_record(account, key, now)

    def find_idempotency_records(
        self, account: str, keys: Sequence[str], now: datetime
    ) -> dict[str, IdempotencyRecord]:
        """Return the records of idempotency keys as they are now."""
        return self._store.find_idempotency_records(account, keys, now)

    def replace_idempotency_record(self, record: IdempotencyRecord) -> None:
        """Store another response of a request."""
        self._store.replace_idempotency_record(record)

    def page_of[A](self, kind: type[A], account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()) -> ListPage[A]:
        """Return one page of a list as it is now."""
        return self._store.page_of(kind, account, query, along)

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> ListPage[A]:
        """Return one page of certain entities as they are now."""
        return self._store.page_among(kind, account, ids, query)

    def reserve_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        """Reserve a slot of a series schedule."""
        return self._store.reserve_slot(series, now=now, latest=latest, length=length)
