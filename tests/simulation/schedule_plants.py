"""Bugs of recurring invoices that are planted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any
from unittest.mock import patch

from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring import lifecycle, occurrences, progress
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, ref_of
from tests.simulation.store import SimulatedStore


@contextmanager
def a_schedule_that_moves_on_later() -> Iterator[None]:
    """An invoice has an id of its own and is written first, and its schedule after it."""

    def commit(store: SimulatedStore, changes: ChangeSet, record: IdempotencyRecord | None = None) -> None:
        made = any(event.type == "recurring_invoice.invoice_generated" for event in changes.events)
        first, last = _parted(changes, RecurringInvoice) if made else (changes, None)
        usual(store, first, record)
        if last:
            usual(store, last)

    ids, usual = count(), SimulatedStore.commit
    with (
        patch.object(occurrences, "invoice_id_of", lambda *_: f"inv_{next(ids):032x}"),
        patch.object(SimulatedStore, "commit", commit),
    ):
        yield


@contextmanager
def dates_lost_while_catching_up() -> Iterator[None]:
    """A schedule goes on with the last date that is due, and says nothing of those between."""

    def made(schedule: RecurringInvoice, *how: Any) -> RecurringInvoice:
        after, (_, account, now) = usual(schedule, *how), how
        while (due := occurrences.due_instant(after, account)) and due <= now:
            skip = occurrences.skip_of_next(after, account)
            if skip is None or skip.next is None:
                break
            after = replace(progress.skipped(after, skip, account, now), version=after.version)
        return after

    usual = progress.made
    with patch("invoicing.operations.recurring._due_work.made", made):
        yield


@contextmanager
def a_pause_without_effect() -> Iterator[None]:
    """A schedule goes on while it is paused, or its customer archived."""
    with patch.object(occurrences, "_pauses", lambda *_: ()):
        yield


@contextmanager
def an_archiving_that_is_forgotten() -> Iterator[None]:
    """Schedules look at whether their customer is archived now, and not at whether it was."""

    def paused_with(schedule: RecurringInvoice, customer: Customer, now: datetime) -> RecurringInvoice:
        return usual(schedule, customer, now) if customer.archived_at else schedule

    usual = lifecycle.paused_with
    with (
        patch("invoicing.operations.recurring._moves.paused_with", paused_with),
        patch("invoicing.operations.recurring._schedule_change.pause_schedules", lambda *_: None),
    ):
        yield


@contextmanager
def everything_is_made_up_for() -> Iterator[None]:
    """Nobody asks whether a date was missed."""
    with patch.object(occurrences, "_last_missed", lambda _, index, *__: index - 1):
        yield


@contextmanager
def schedules_that_stay_in_the_old_time_zone() -> Iterator[None]:
    """A change of the time zone moves invoices only."""
    with patch("invoicing.operations.recurring._schedule_change.begin_schedule_change", lambda uow: None):
        yield


def _parted(changes: ChangeSet, kind: type) -> tuple[ChangeSet, ChangeSet]:
    """Two transactions of one: all but the entities of a kind and their events, and those."""
    refs = [ref_of(save.entity) for save in changes.saves]
    chosen = {(ref.account, ref.id) for ref in refs if ref.kind is kind}

    def part(*, is_chosen: bool) -> ChangeSet:
        return ChangeSet(
            _saves=[save for save in changes._saves if (type(save.entity) is kind) is is_chosen],
            _recorded={ref: count for ref, count in changes._recorded.items() if (ref.kind is kind) is is_chosen},
            _events=[each for each in changes.events if ((each.account, each.resource_id) in chosen) is is_chosen],
        )

    return part(is_chosen=False), part(is_chosen=True)
