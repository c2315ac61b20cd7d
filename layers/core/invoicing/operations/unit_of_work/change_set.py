"""The changes of a use case: all of them in one transaction, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime
from functools import partial
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.event import Event, Resource


@dataclass(frozen=True, slots=True)
class Ref[T]:
    """A reference to a stored entity: its kind, account and id."""

    kind: type[T]
    account: str
    id: str


def ref_of(entity: Any) -> Ref[Any]:
    """Return the reference of an entity."""
    return Ref(type(entity), entity.account, entity.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyRecord:
    """An idempotency key with the hash of its request and the response."""

    account: str
    key: str
    request_hash: str
    answer: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Write an entity if the stored one has ``version_before``, 0 for none; ``on_conflict`` makes an error of it.

    For an entity with events, the stored one must also have ``sequence_before``.
    """

    entity: Any
    version_before: int
    sequence_before: int | None = None
    on_conflict: Callable[[Any], InvoicingError] | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove an entity if it still has the version and sequence that were read."""

    entity: Any


@dataclass(frozen=True, slots=True)
class Require:
    """Write nothing unless this entity still has this version; ``on_conflict`` makes an error of another one."""

    ref: Ref[Any]
    version: int
    on_conflict: Callable[[], InvoicingError] | None = None


@dataclass(slots=True)
class ChangeSet:
    """Collects writes; ``outdated`` names entities that changed during earlier attempts.

    ``has_clock`` says whether the account has a test clock, which its due work then waits for.
    Events are made when `events` is first read, at the commit, so that their ids are as late as possible.
    """

    outdated: frozenset[Ref[Any]] = frozenset()
    has_clock: bool = False
    removes: list[Remove] = field(default_factory=list)
    _requires: list[Require] = field(default_factory=list)
    _saves: list[Save] = field(default_factory=list)
    _recorded: dict[Ref[Any], tuple[Resource, int]] = field(default_factory=dict)
    _to_record: list[Callable[[], Event]] = field(default_factory=list)
    _events: list[Event] = field(default_factory=list)

    def save[E](self, entity: E, on_conflict: Callable[[E], InvoicingError] | None = None) -> None:
        """Write a new entity (version 1) if there is none, or a changed one if it still has the version before.

        ``on_conflict`` makes an error of the existing entity; without it, the use case is retried.
        """
        before: int = entity.version - 1  # type: ignore[attr-defined]
        self._saves.append(Save(entity=entity, version_before=before, on_conflict=on_conflict))

    def remove(self, entity: Any) -> None:
        """Remove an entity; if it was changed since it was read, the use case is retried."""
        self.removes.append(Remove(entity))

    def require(self, ref: Ref[Any], version: int, on_conflict: Callable[[], InvoicingError] | None = None) -> None:
        """Make the whole transaction depend on an entity that was read; version 0: there is none.

        Without ``on_conflict``, the use case is retried.
        """
        self._requires.append(Require(ref, version, on_conflict))

    def record(self, resource: Resource, event_with: Callable[[int], Event]) -> None:
        """Write an event with the change it reports; ``event_with`` makes it from its sequence."""
        ref = ref_of(resource)
        _, count = self._recorded.get(ref, (resource, 0))
        self._recorded[ref] = resource, count + 1
        self._to_record.append(partial(event_with, resource.sequence + count + 1))

    @property
    def events(self) -> list[Event]:
        """Return all events in the order of recording, each made once."""
        self._events += [make() for make in self._to_record]
        self._to_record.clear()
        return self._events

    @property
    def requires(self) -> list[Require]:
        """Return what the transaction depends on besides what it writes, whose own conditions are enough."""
        written = {ref_of(save.entity) for save in self._saves} | {ref_of(remove.entity) for remove in self.removes}
        return [require for require in self._requires if require.ref not in written]

    @property
    def saves(self) -> list[Save]:
        """Return all entities to write, including resources with only events, whose sequence changes."""
        saved = {ref_of(save.entity) for save in self._saves} | {ref_of(remove.entity) for remove in self.removes}
        touched = [
            Save(entity=resource, version_before=resource.version)
            for ref, (resource, _) in self._recorded.items()
            if ref not in saved
        ]
        return [self._numbered(save) for save in (*self._saves, *touched)]

    def _numbered(self, save: Save) -> Save:
        """Return a save of a resource with the sequence of its last event."""
        before = getattr(save.entity, "sequence", None)
        if before is None:
            return save
        _, count = self._recorded.get(ref_of(save.entity), (None, 0))
        entity = replace(save.entity, sequence=before + count) if count else save.entity
        return Save(
            entity=entity, version_before=save.version_before, sequence_before=before, on_conflict=save.on_conflict
        )

    def __bool__(self) -> bool:
        return bool(self._saves or self.removes or self._recorded)


class WriteConflict(Exception):
    """An entity that the use case read was changed, or is being changed, by another request.

    ``outdated`` were changed since they were read; ``contended`` are these and those being written by another request.
    """

    def __init__(self, outdated: frozenset[Ref[Any]] = frozenset(), written: frozenset[Ref[Any]] = frozenset()) -> None:
        super().__init__("write conflict")
        self.outdated = outdated
        self.contended = outdated | written


class IdempotentReplay(Exception):
    """The idempotency key was used before; its response is given again."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__("idempotent replay")
        self.record = record
