"""Reading of what an export has, page by page, in an order that nothing changes while it is read.

A page begins where the one before ended, by the key of its last entity: what is recorded between two pages shifts
neither.
Each is read from an index of the list that it belongs to. Only the ledger is by customer, so its pages are those of one
customer after the other.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import orjson

from invoicing.domain.calendar import end_of_day, instant_text, start_of_day
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.exports.bookings import Booking, bookings_of
from invoicing.domain.exports.export import Books, Export
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.identifiers import first_id
from invoicing.operations.events._event_page import OLDEST, EventQuery, read_cursor
from invoicing.operations.events.list_events import list_events
from invoicing.operations.exports._ports import ExportPorts
from invoicing.operations.ledger._documents import documents_of
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

AT_A_TIME = 100
"""Entities of a page, which are all that is held at a time."""


class Page(NamedTuple):
    """Entities in their order, and the position where the next page begins, None behind the last."""

    entities: Sequence[Any]
    position: str | None


def read_page(uow: UnitOfWork, ports: ExportPorts, export: Export) -> Page:
    """Return the page at the export's position."""
    return _PAGES[export.type](uow, ports, export)


def _of_list(uow: UnitOfWork, _: ExportPorts, export: Export, kind: type[Any], by: str) -> Page:
    page = uow.page_of(
        kind,
        ListQuery(
            conditions=_period(export, by),
            sorts=(Sort(by, descending=False),),
            per_page=AT_A_TIME,
            cursor=export.position,
            # A table has no column for all lines of a document.
            with_lines=export.format != "csv" or export.type == "lines",
        ),
    )
    found = [each for each in page.items if _is_in(export, each, uow.now)]
    return Page(found, page.next_cursor if page.has_next else None)


def _period(export: Export, field: str) -> tuple[Condition, ...]:
    """Return the filter by civil dates, or by the instants at which they begin and end for the account."""
    if field != CREATED:
        first, last = export.start_date.isoformat(), export.end_date.isoformat()
        return Condition(field, "gte", (first,)), Condition(field, "lte", (last,))
    begins, ends = _instants(export)
    within = (Condition("archived", "in", ("false", "true")),)
    return *within, Condition(field, "gte", (instant_text(begins),)), Condition(field, "lt", (instant_text(ends),))


def _instants(export: Export) -> tuple[datetime, datetime]:
    return start_of_day(export.start_date, export.time_zone), end_of_day(export.end_date, export.time_zone)


def _is_in(export: Export, entity: Any, now: datetime) -> bool:
    """Whether an entity was recorded before the export; of invoices those that were issued.

    What a test clock recorded may lie in the future.
    """
    recorded = entity.created_at
    if isinstance(entity, Invoice):
        if not is_issued(entity) or entity.sent_at is None:
            return False
        recorded = max(recorded, entity.sent_at)
    return not export.as_of < recorded <= now


def _events(uow: UnitOfWork, ports: ExportPorts, export: Export) -> Page:
    begins, ends = _instants(export)
    query = EventQuery(
        position=read_cursor(export.position) if export.position else OLDEST,
        created_from=begins,
        created_before=ends,
        most=AT_A_TIME,
    )
    page = list_events(uow, query, ports.events, ports.real_time, ports.events_kept)
    behind = first_id("evt", export.asked_at)
    has_more = page.has_more and page.position.id < behind
    return Page([each for each in page.items if each.id < behind], page.position.cursor if has_more else None)


class _Customers(NamedTuple):
    """Whose ledger is read: customers of a page that are left, where the next page begins, and where in the first."""

    left: list[str]
    following: str | None = None
    within: str | None = None


def _ledger(uow: UnitOfWork, ports: ExportPorts, export: Export) -> Page:
    """Return the entries of as many customers, of one page at most, as are needed for a page of entries."""
    at = _Customers(*orjson.loads(export.position)) if export.position else _customers(uow, None)
    found: list[Any] = []
    while at.left and len(found) < AT_A_TIME:
        query = ListQuery(
            conditions=_period(export, "date"),
            sorts=(Sort("date", descending=False),),
            per_page=AT_A_TIME,
            cursor=at.within,
        )
        page = ports.ledger.page(uow.account, at.left[0], query)
        found += (each for each in page.items if _is_in(export, each, uow.now))
        left = at.left if page.has_next else at.left[1:]
        at = at._replace(left=left, within=page.next_cursor if page.has_next else None)
    if not at.left and at.following:
        at = _customers(uow, at.following)
    entities = _bookings(uow, found, export.books) if export.books else found
    return Page(entities, orjson.dumps(list(at)).decode() if at.left else None)


def _customers(uow: UnitOfWork, cursor: str | None) -> _Customers:
    everyone = Condition("archived", "in", ("false", "true"))
    query = ListQuery(
        conditions=(everyone,), sorts=(Sort(CREATED, descending=False),), per_page=AT_A_TIME, cursor=cursor
    )
    page = uow.page_of(Customer, query)
    return _Customers([each.id for each in page.items], page.next_cursor if page.has_next else None)


def _bookings(uow: UnitOfWork, entries: Sequence[LedgerEntry], books: Books) -> list[Booking]:
    documents = documents_of(uow, entries)
    return [booking for entry in entries for booking in bookings_of(entry, documents[entry.id], books)]


_PAGES: dict[str, Callable[[UnitOfWork, ExportPorts, Export], Page]] = {
    "invoices": partial(_of_list, kind=Invoice, by="issue_date"),
    "lines": partial(_of_list, kind=Invoice, by="issue_date"),
    "credit_notes": partial(_of_list, kind=CreditNote, by="issue_date"),
    "payments": partial(_of_list, kind=Payment, by="payment_date"),
    "customers": partial(_of_list, kind=Customer, by=CREATED),
    "ledger": _ledger,
    "events": _events,
}
