"""What one use case wants written: all of it in one transaction, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.event import Event, Resource


@dataclass(frozen=True, slots=True)
class Ref[T]:
    """Names a stored entity: its kind, the account it belongs to, and its id."""

    kind: type[T]
    account: str
    id: str


def ref_of(entity: Any) -> Ref[Any]:
    """The name of an entity."""
    return Ref(type(entity), entity.account, entity.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyRecord:
    """The effect of an idempotency key: which request it came with, and what was answered."""

    account: str
    key: str
    request_hash: str
    answer: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Write an entity if the stored one has ``version_before``, 0 for none; ``on_conflict`` makes an error of it.

    Where events are recorded of the entity, the stored one has also ``sequence_before``.
    """

    entity: Any
    version_before: int
    sequence_before: int | None = None
    on_conflict: Callable[[Any], InvoicingError] | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove an entity if it still has the version, and the sequence, that were read."""

    entity: Any


@dataclass(frozen=True, slots=True)
class Require:
    """Nothing is written unless this entity still has this version."""

    ref: Ref[Any]
    version: int


@dataclass(slots=True)
class ChangeSet:
    """Collects writes; ``outdated`` names what proved to be other than read in earlier attempts."""

    outdated: frozenset[Ref[Any]] = frozenset()
    removes: list[Remove] = field(default_factory=list)
    requires: list[Require] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    _saves: list[Save] = field(default_factory=list)
    _recorded: dict[Ref[Any], tuple[Resource, int]] = field(default_factory=dict)

    def save[E](self, entity: E, on_conflict: Callable[[E], InvoicingError] | None = None) -> None:
        """Write a new entity (version 1) if there is none, or a changed one if it still has the version before.

        ``on_conflict`` makes an error of the entity that is already there; without it, the use case is retried.
        """
        before: int = entity.version - 1  # type: ignore[attr-defined]
        self._saves.append(Save(entity=entity, version_before=before, on_conflict=on_conflict))

    def remove(self, entity: Any) -> None:
        """Remove an entity, as it was read; when it was changed since, the use case is retried."""
        self.removes.append(Remove(entity))

    def require(self, ref: Ref[Any], version: int) -> None:
        """Make the whole transaction depend on an entity that was read and is not written."""
        self.requires.append(Require(ref, version))

    def record(self, resource: Resource, event_with: Callable[[int], Event]) -> None:
        """Write an event with the change it tells of; ``event_with`` makes it of its sequence."""
        ref = ref_of(resource)
        _, count = self._recorded.get(ref, (resource, 0))
        self._recorded[ref] = resource, count + 1
        self.events.append(event_with(resource.sequence + count + 1))

    @property
    def saves(self) -> list[Save]:
        """All entities to write. A resource of which only events are recorded is among them, for its sequence."""
        saved = {ref_of(save.entity) for save in self._saves} | {ref_of(remove.entity) for remove in self.removes}
        touched = [
            Save(entity=resource, version_before=resource.version)
            for ref, (resource, _) in self._recorded.items()
            if ref not in saved
        ]
        return [self._numbered(save) for save in (*self._saves, *touched)]

    def _numbered(self, save: Save) -> Save:
        """A save of a resource, whose sequence counts the events that are recorded of it."""
        before = getattr(save.entity, "sequence", None)
        if before is None:
            return save
        _, count = self._recorded.get(ref_of(save.entity), (None, 0))
        return replace(save, entity=replace(save.entity, sequence=before + count), sequence_before=before)

    def __bool__(self) -> bool:
        return bool(self._saves or self.removes or self.events)


class WriteConflict(Exception):
    """Something the use case read was changed by another request before it was done, or was just being changed.

    ``refs`` are other than they were read; ``met`` are these, and those that another request was just writing.
    """

    def __init__(self, refs: frozenset[Ref[Any]] = frozenset(), met: frozenset[Ref[Any]] = frozenset()) -> None:
        super().__init__("write conflict")
        self.refs = refs
        self.met = refs | met


class IdempotentReplay(Exception):
    """The idempotency key was used before."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__("idempotent replay")
        self.record = record
