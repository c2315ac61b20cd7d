"""Totals queue: count invoices and customers from their events."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor, Event
from invoicing.operations.reactions.update_totals import MOST_ENTITIES, update_totals
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.wiring import reaction, wiring

ACTOR = Actor("system", "update_totals")


@reaction(most_events=MOST_ENTITIES)
def handler(account: str, events: list[Event]) -> Mapping[str, Any]:
    """Count the changes in some events of one account, in one transaction."""
    return run_use_case(
        lambda changes: wiring().unit_of_work(account, ACTOR, changes),
        lambda uow: {"counted": update_totals(uow, events)},
    )
