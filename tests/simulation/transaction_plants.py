"""Bugs of transactions that are planted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from invoicing.domain.reports.totals import PostedEntry
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord
from tests.simulation.store import SimulatedStore


@contextmanager
def _committed_as(transactions: Callable[[ChangeSet, IdempotencyRecord | None], Iterator[Any]]) -> Iterator[None]:
    def commit(store: SimulatedStore, changes: ChangeSet, record: IdempotencyRecord | None = None) -> None:
        for each in transactions(changes, record):
            usual(store, *each)

    usual = SimulatedStore.commit
    with patch.object(SimulatedStore, "commit", commit):
        yield


def event_outside_the_transaction() -> Any:
    """A change is written first, and its events after it."""

    def transactions(changes: ChangeSet, record: IdempotencyRecord | None) -> Iterator[Any]:
        events = changes.events
        yield replace(changes, _events=[]), record
        if events:
            yield (ChangeSet(_events=events),)

    return _committed_as(transactions)


def idempotency_record_outside_the_transaction() -> Any:
    """The effect is written first, and the record of its key after it."""

    def transactions(changes: ChangeSet, record: IdempotencyRecord | None) -> Iterator[Any]:
        yield (changes,)
        if record:
            yield ChangeSet(), record

    return _committed_as(transactions)


def posting_noted_after_the_totals() -> Any:
    """Totals of reports are written first, and the notes of the entries in them after it."""

    def transactions(changes: ChangeSet, record: IdempotencyRecord | None) -> Iterator[Any]:
        notes = [save for save in changes.saves if isinstance(save.entity, PostedEntry)]
        yield (
            replace(changes, _saves=[save for save in changes.saves if save not in notes]) if notes else changes,
            record,
        )
        if notes:
            yield (ChangeSet(_saves=notes),)

    return _committed_as(transactions)


@contextmanager
def last_writer_wins() -> Iterator[None]:
    """A change is written whatever happened since it was read."""
    with patch("tests.fakes.FakeStore._can", lambda store, save: True):
        yield
