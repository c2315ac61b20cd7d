"""Events: facts stored in the transaction that makes them true, and published afterwards in order."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, Protocol

from invoicing.dataclass import dataclass

ActorType = Literal["api_key", "customer", "import", "operator", "schedule", "system"]
"""Who can cause an event: ``customer`` opens a hosted page, ``operator`` runs the deployment, ``system`` reacts.

What an ``import`` causes happened elsewhere before; its id is that of the import.
"""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who caused an event; ``id`` is the id of an API key, or the name of a schedule or reaction."""

    type: ActorType
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact about a resource; ``id`` sorts by time, ``data`` is a summary with money in major units.

    ``sequence`` counts the events of the resource from 1 without a gap, so receivers can restore their order.
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
    """A resource that has events; ``sequence`` is that of its latest event, 0 before the first."""

    @property
    def account(self) -> str:
        """The partition of the resource."""

    @property
    def id(self) -> str:
        """The id of the resource."""

    @property
    def version(self) -> int:
        """Grows with every change; an event alone is no change."""

    @property
    def sequence(self) -> int:
        """The number of its events."""


@dataclass(frozen=True, slots=True)
class EventType[R: Resource]:
    """A type of event: its name, its meaning for receivers, and the builder of its data.

    ``summary`` takes the resource as it is after the event and, by name, what only this event knows.
    """

    name: str
    meaning: str
    summary: Callable[..., Mapping[str, Any]]
