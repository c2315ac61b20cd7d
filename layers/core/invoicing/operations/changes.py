"""What one use case wants written: all of it in one transaction, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from invoicing.domain.errors import InvoicingError
from invoicing.domain.events import Event


@dataclass(frozen=True, slots=True)
class Ref[T]:
    """Names a stored thing: its kind, the account it belongs to, and its id."""

    kind: type[T]
    account: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An idempotency key's effect: which request it was, and what was answered."""

    account: str
    key: str
    request_hash: str
    answer: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Save:
    """Write a new thing (version 1) if there is none, or a changed one if it is still the version before."""

    entity: Any
    otherwise: Callable[[Any], InvoicingError] | None


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a thing away if it still is the version that was read."""

    entity: Any


@dataclass(frozen=True, slots=True)
class Require:
    """Nothing is written unless this thing still has this version."""

    ref: Ref[Any]
    version: int


@dataclass(slots=True)
class Changes:
    """Collects writes; ``outdated`` names what proved to be other than read in earlier attempts."""

    outdated: frozenset[Ref[Any]] = frozenset()
    saves: list[Save] = field(default_factory=list)
    removes: list[Remove] = field(default_factory=list)
    requires: list[Require] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def save[E](self, entity: E, otherwise: Callable[[E], InvoicingError] | None = None) -> None:
        """Write a thing; ``otherwise`` makes an error of the one already there. Without it the use case runs anew."""
        self.saves.append(Save(entity, otherwise))

    def remove(self, entity: Any) -> None:
        """Take a thing away, as it was read; when it was changed since, the use case runs anew."""
        self.removes.append(Remove(entity))

    def require(self, ref: Ref[Any], version: int) -> None:
        """Make the whole transaction depend on a thing that was read and is not written."""
        self.requires.append(Require(ref, version))

    def record(self, event: Event) -> None:
        """Write an event with the change it tells of."""
        self.events.append(event)

    def __bool__(self) -> bool:
        return bool(self.saves or self.removes or self.events)


class ChangedMeanwhile(Exception):
    """Something the use case read was changed by another request before it was done, or was just being changed.

    ``refs`` are other than they were read; ``met`` are these, and those that another request was just writing.
    """

    def __init__(self, refs: frozenset[Ref[Any]] = frozenset(), met: frozenset[Ref[Any]] = frozenset()) -> None:
        super().__init__("changed meanwhile")
        self.refs = refs
        self.met = refs | met


class AlreadyDone(Exception):
    """The idempotency key was used before."""

    def __init__(self, mark: Mark) -> None:
        super().__init__("already done")
        self.mark = mark
