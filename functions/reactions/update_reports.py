"""Ledger table stream: post new entries to the running totals of reports."""

from collections import defaultdict
from typing import Any

from invoicing.domain.events.event import Actor
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.operations.reactions.update_reports import update_reports
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.ledger_stream import entries_of
from invoicing.wiring import start, wiring

ACTOR = Actor("system", "update_reports")

start()


def handler(event: dict[str, Any], context: object) -> None:
    """Post a batch; what raises comes again, and what is posted already is left out then."""
    by_account: dict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in entries_of(event):
        by_account[entry.account].append(entry)
    for account, entries in by_account.items():
        while entries:
            del entries[: _post(account, entries)]


def _post(account: str, entries: list[LedgerEntry]) -> int:
    return run_use_case(
        lambda changes: wiring().unit_of_work(account, ACTOR, changes, real_time=True),
        lambda uow: update_reports(uow, entries),
    )
