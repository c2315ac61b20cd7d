"""No route: operators invoke it with AWS credentials to prove the running totals of an account's reports."""

from dataclasses import asdict
from typing import Any

from invoicing.api.inputs.reports import read_rebuild_event
from invoicing.domain.events.event import Actor
from invoicing.operations.reports.rebuild_totals import rebuild_totals
from invoicing.wiring import start, wiring

ACTOR = Actor("operator")

start()


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """What `rebuild_totals` returns; takes what `read_rebuild_event` says."""
    account, repair = read_rebuild_event(event)
    rebuilt = rebuild_totals(
        lambda changes: wiring().unit_of_work(account, ACTOR, changes, real_time=True),
        wiring().ledger,
        wiring().report_totals,
        repair=repair,
    )
    return asdict(rebuilt)
