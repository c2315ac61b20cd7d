"""Keep the words under which customers, documents and schedules are found, while no client waits for it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import batched
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.lists.search_words import MOST_ENTITIES, update_words
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

MOST_EVENTS = MOST_ENTITIES
"""The most events of one round."""

AT_ONCE = 20
"""Schedules of one page: each may have 200 KB."""

_KINDS: dict[str, type] = {
    "credit_note": CreditNote,
    "customer": Customer,
    "invoice": Invoice,
    "recurring_invoice": RecurringInvoice,
}

_SHARED = frozenset({"name", "email"})
"""The fields of a customer whose words its schedules have too."""


def update_search(start: Callable[[ChangeSet], UnitOfWork], events: Iterable[Event]) -> int:
    """Write the words of the events' entities, and of the schedules of renamed customers; return how many changed.

    Each is looked at until a look shows that nothing has changed.
    """
    events = tuple(events)
    named = dict.fromkeys((event.type.partition(".")[0], event.resource_id) for event in events)
    uow = start(ChangeSet())
    refs: list[Ref[Any]] = [uow.ref(_KINDS[kind], identifier) for kind, identifier in named if kind in _KINDS]
    renamed = dict.fromkeys(event.resource_id for event in events if _is_renaming(event))
    refs += [ref for customer_id in renamed for ref in _schedules(uow, customer_id)]
    changed = 0
    for some in batched(refs, MOST_ENTITIES, strict=False):
        while now := run_use_case(start, partial(update_words, refs=some)):
            changed += now
    return changed


def _is_renaming(event: Event) -> bool:
    return event.type == "customer.updated" and not _SHARED.isdisjoint(event.data.get("changed", ()))


def _schedules(uow: UnitOfWork, customer_id: str) -> Iterable[Ref[Any]]:
    """Return the schedules of a customer; those that are created by then have an event of their own."""
    query = ListQuery(conditions=(Condition("customer_id", "eq", (customer_id,)),), per_page=AT_ONCE)
    cursor: str | None = None
    while True:
        page = uow.page_of(RecurringInvoice, replace(query, cursor=cursor))
        yield from (uow.ref(RecurringInvoice, each.id) for each in page.items)
        cursor = page.next_cursor
        if cursor is None:
            return
