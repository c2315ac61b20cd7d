"""Events: what happened, written in the transaction that made it true and published afterwards, in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

ActorType = Literal["api_key", "customer", "operator", "schedule", "system"]
"""``customer`` opens a hosted page, ``operator`` runs the deployment, ``system`` is what follows from an event."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who caused an event; ``id`` is the id of an API key, or the name of a schedule or reaction."""

    type: ActorType
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact about a resource; ``id`` sorts by time, ``data`` is a summary with money in major units.

    ``sequence`` counts the events of the resource from 1 without a gap: who receives them in another order can tell.
    """

    account: str
    id: str
    type: str
    resource_id: str
    sequence: int
    actor: Actor
    occurred_at: datetime
    data: Mapping[str, Any]


class Resource(Protocol):
    """What events are recorded of; ``sequence`` is that of its latest event, 0 before the first."""

    @property
    def account(self) -> str:
        """The partition that it lies in."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def version(self) -> int:
        """Grows with every change; an event alone is none."""

    @property
    def sequence(self) -> int:
        """How many events were recorded of it."""


@dataclass(frozen=True, slots=True)
class EventType[R: Resource]:
    """A type of events: its name, what it means to those who receive it, and the builder of its data.

    ``summary`` takes the resource as it is after the event, and what is known only in this event, by name.
    """

    name: str
    meaning: str
    summary: Callable[..., Mapping[str, Any]]
