"""Totals queue: count invoices and customers from their events."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor, Event
from invoicing.operations.reactions.update_totals import MOST_ENTITIES, update_totals
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.wiring import reaction, wiring

ACTOR = Actor("system", "update_totals")


@reaction(most=MOST_ENTITIES)
def handler(account: str, events: list[Event]) -> Mapping[str, Any]:
    """Count the changes in some events of one account, in one transaction."""

    def start(changes: ChangeSet) -> UnitOfWork:
        return wiring().unit_of_work(account, ACTOR, changes, real_time=True)

    counted = run_use_case(start, lambda uow: update_totals(uow, events))
    for customer_id in counted.growing:
        _enter(start(ChangeSet()), customer_id)
    return {"counted": counted.entities}


def _enter(uow: UnitOfWork, customer_id: str) -> None:
    # Few customers have many invoices, and entering these loads invoices and lists.
    from invoicing.operations.reactions._enter_invoices import enter_invoices  # noqa: PLC0415

    enter_invoices(uow, customer_id)
