"""Balances queue: carry customers' balances forward, some minutes after entries were recorded."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor, Event
from invoicing.operations.reactions.carry_balances import carry_balance
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.wiring import now, reaction, wiring

ACTOR = Actor("system", "carry_balances")


@reaction(most=10)
def handler(account: str, events: list[Event]) -> Mapping[str, Any]:
    """Carry forward the balance of each customer that the events are of."""
    return {"carried": sum(_carry(account, customer) for customer in {event.data["customer_id"] for event in events})}


def _carry(account: str, customer_id: str) -> int:
    carried = 0
    while added := run_use_case(
        lambda changes: wiring().unit_of_work(account, ACTOR, changes, real_time=True),
        lambda uow: carry_balance(uow, customer_id, wiring().ledger, now()),
    ):
        carried += added
    return carried
