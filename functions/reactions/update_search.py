"""Search queue: keep the words under which customers, documents and schedules are found."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor, Event
from invoicing.operations.reactions.update_search import MOST_EVENTS, update_search
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.wiring import reaction, wiring

ACTOR = Actor("system", "update_search")


@reaction(most=MOST_EVENTS)
def handler(account: str, events: list[Event]) -> Mapping[str, Any]:
    """Replace the words that changed, until a look shows none that has."""

    def start(changes: ChangeSet) -> UnitOfWork:
        return wiring().unit_of_work(account, ACTOR, changes, real_time=True)

    return {"changed": update_search(start, events)}
