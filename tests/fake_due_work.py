"""Stand-ins for the index and the queue of due work; `storage/test_due_work.py` holds the index to the real one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from invoicing.domain.due_work import DueEntry
from invoicing.storage.dynamodb.due_work import entry_of
from invoicing.storage.kinds import DUE_KINDS, REAL_TIME, record_of
from tests.fakes import FakeStore


class FakeDueWork:
    """The due work of a store in memory; ``late`` are the ids of entities that the index does not show yet."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self.late: set[str] = set()

    def due(self, until: datetime) -> Iterator[Sequence[DueEntry]]:
        if found := self._found(until, of_clock=False):
            yield found

    def of_clock(self, account: str, until: datetime) -> Iterator[DueEntry]:
        return (entry for entry in self._found(until, of_clock=True) if entry.account == account)

    def outside_clock(self, account: str, until: datetime) -> Iterator[Sequence[DueEntry]]:
        found = [entry for entry in self._found(until, of_clock=False) if entry.account == account]
        if found := [entry for entry in found if not _is_job(entry.kind)]:
            yield found

    def entry_of(self, entity: Any) -> DueEntry | None:
        kind = type(entity)
        if kind.__name__ not in DUE_KINDS or _is_job(kind.__name__):
            return None
        due = record_of(kind).due_values(entity, has_clock=True)
        return _entry_of((kind, entity.account, entity.id), due) if due else None

    def entries_of(self, account: str, ids: Iterable[str]) -> Iterator[DueEntry]:
        wanted = set(ids)
        found = (entity for key, entity in self._store.entities.items() if key[1] == account and key[2] in wanted)
        return (entry for entity in list(found) if (entry := self.entry_of(entity)))

    def move(self, entry: DueEntry, *, to_clock: bool) -> None:
        for key in [key for key in self._store.entities if (key[0].__name__, *key[1:]) == _key_of(entry)]:
            due = record_of(key[0]).due_values(self._store.entities[key], has_clock=to_clock)
            if due and _entry_of(key, due) == entry:
                (self._store.of_clocks.add if to_clock else self._store.of_clocks.discard)(key)

    def _found(self, until: datetime, *, of_clock: bool) -> list[DueEntry]:
        entries = (
            (key, _entry_of(key, due))
            for key, entity in self._store.entities.items()
            if key[0].__name__ in DUE_KINDS
            and (due := record_of(key[0]).due_values(entity, has_clock=key in self._store.of_clocks))
        )
        return sorted(
            entry
            for key, entry in entries
            if entry.at <= until
            and entry.id not in self.late
            and (key in self._store.of_clocks and not _is_job(entry.kind)) is of_clock
        )


def _is_job(kind: str) -> bool:
    """Whether entities of a kind have work in real time only."""
    return DUE_KINDS[kind] in REAL_TIME


def _entry_of(key: tuple[type, str, str], due: dict[str, str]) -> DueEntry:
    item = {"pk": {"S": key[1]}, "sk": {"S": key[2]}, "due_at": {"S": due["due_at"]}}
    return entry_of(DUE_KINDS[key[0].__name__], item)


def _key_of(entry: DueEntry) -> tuple[str, str, str]:
    return entry.kind, entry.account, entry.id


class FakeDueWorkQueue:
    """Keeps what is queued, in order."""

    def __init__(self) -> None:
        self.queued: list[DueEntry] = []

    def send(self, entries: Sequence[DueEntry], delay: int = 0) -> None:
        self.queued += entries
