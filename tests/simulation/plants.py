"""Bugs that are planted to see whether the simulation finds them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.invoices.due_work import overdue_from
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import became_overdue
from invoicing.domain.lists.list_counter import CountedState, recount
from invoicing.operations.reactions import deliver_email, update_totals
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord
from tests.simulation.store import SimulatedStore

Plant = Callable[[], Any]
"""Plants a bug for the length of a context."""


@contextmanager
def event_outside_the_transaction() -> Iterator[None]:
    """A change is written first, and its events after it."""

    def commit(store: SimulatedStore, changes: ChangeSet, record: IdempotencyRecord | None = None) -> None:
        events = changes.events
        usual(store, replace(changes, _events=[]), record)
        if events:
            usual(store, ChangeSet(_events=events))

    usual = SimulatedStore.commit
    with patch.object(SimulatedStore, "commit", commit):
        yield


@contextmanager
def idempotency_record_outside_the_transaction() -> Iterator[None]:
    """The effect is written first, and the record of its key after it."""

    def commit(store: SimulatedStore, changes: ChangeSet, record: IdempotencyRecord | None = None) -> None:
        usual(store, changes)
        if record:
            usual(store, ChangeSet(), record)

    usual = SimulatedStore.commit
    with patch.object(SimulatedStore, "commit", commit):
        yield


@contextmanager
def counting_what_comes_late() -> Iterator[None]:
    """A reaction takes what arrives last for what happened last."""

    def recount_always(known: CountedState | None, state: CountedState) -> CountedState | None:
        return recount(known and replace(known, event_sequence=0), state)

    with patch.object(update_totals, "recount", recount_always):
        yield


@contextmanager
def email_before_its_mark() -> Iterator[None]:
    """The mail service is called without a note that it is."""
    with patch.object(deliver_email._Attempt, "_begin", lambda attempt: None):
        yield


@contextmanager
def sending_again_after_a_crash() -> Iterator[None]:
    """An attempt that did not end is taken for one that did not begin."""

    def unconfirmed(attempt: Any, failure: str) -> Any:
        attempt._delivery = replace(attempt._delivery, status=DeliveryStatus.QUEUED)
        return attempt._send()

    with patch.object(deliver_email._Attempt, "_unconfirmed", unconfirmed):
        yield


@contextmanager
def overdue_at_each_tick() -> Iterator[None]:
    """An invoice that became overdue goes on waiting for it."""

    def waiting(invoice: Invoice, at: datetime, now: datetime) -> Invoice:
        return replace(became_overdue(invoice, at, now), next_overdue_at=now + timedelta(minutes=1))

    with patch("invoicing.operations.invoices._due_work.became_overdue", waiting):
        yield


@contextmanager
def overdue_in_utc() -> Iterator[None]:
    """The due date ends in UTC instead of the account's time zone."""

    def in_utc(invoice: Invoice, _: str) -> datetime:
        return overdue_from(invoice, "UTC")

    with (
        patch("invoicing.operations.invoices._due_work.overdue_from", in_utc),
        patch("invoicing.domain.invoices.due_work.overdue_from", in_utc),
    ):
        yield


@contextmanager
def last_writer_wins() -> Iterator[None]:
    """A change is written whatever happened since it was read."""
    with patch("tests.fakes.FakeStore._can", lambda store, save: True):
        yield
