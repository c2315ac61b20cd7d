"""Every night: compare the running totals of some accounts with their ledgers."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor
from invoicing.operations.schedules.check_totals import check_totals
from invoicing.wiring import now, schedule, wiring

ACTOR = Actor("schedule", "check_totals")


@schedule
def handler() -> Mapping[str, Any]:
    """Compare a sample; where something differs that is the outcome, on which an alarm looks."""
    found = check_totals(
        lambda account: wiring().unit_of_work(account, ACTOR, real_time=True),
        wiring().account_sample,
        wiring().ledger,
        wiring().report_totals,
        now,
    )
    outcome = {"outcome": "differing", "differing": found.differing} if found.differing else {}
    return {"equal": len(found.equal), "too_large": found.too_large, **outcome}
