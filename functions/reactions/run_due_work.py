"""Due-work queue: do what is due of one entity."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.due_work import DueEntry
from invoicing.domain.events.event import Actor
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.wiring import due_work, wiring

ACTOR = Actor("schedule", "run_due_work")


@due_work
def handler(account: str, entries: list[DueEntry]) -> Mapping[str, Any]:
    """Do the due work of one entity."""
    (entry,) = entries
    done = run_due_work(
        entry,
        lambda changes: wiring().unit_of_work(account, ACTOR, changes),
        wiring().due_work,
        wiring().advance,
        wiring(),
    )
    return {"done": [work.name.lower() for work in done]}
