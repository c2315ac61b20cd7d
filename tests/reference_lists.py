"""What lists must answer, written plainly: everything is looked at, compared as what it is, sorted and cut."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.events.event import Event
from invoicing.domain.exports.export import Export
from invoicing.domain.imports.data_import import Import
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.lists.list_counter import MANY
from invoicing.domain.lists.search import is_found, search_for, words_of
from invoicing.domain.money.amounts import to_major
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.operations.lists.query import (
    Condition,
    ListPage,
    ListQuery,
    Place,
    metadata_key,
    read_cursor,
    write_cursor,
)
from invoicing.storage.kinds import record_of
from invoicing.storage.lists.index_selection import plans

FIELDS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Invoice: {
        "customer_id": lambda invoice: invoice.buyer.id,
        "status": lambda invoice: str(invoice.status),
        "currency": lambda invoice: invoice.currency,
        "amount": lambda invoice: to_major(invoice.total, invoice.currency),
        "due_date": lambda invoice: invoice.due_date,
        "issue_date": lambda invoice: invoice.issue_date,
        "invoice_number": lambda invoice: invoice.number,
        "recurring_id": lambda invoice: invoice.recurring_id,
        "created_at": lambda invoice: to_the_millisecond(invoice.created_at),
    },
    Customer: {
        "name": lambda customer: customer.name.casefold(),
        "email": lambda customer: customer.email and customer.email.casefold(),
        "archived": lambda customer: "true" if customer.archived_at else "false",
        "created_at": lambda customer: to_the_millisecond(customer.created_at),
    },
    Payment: {
        "customer_id": lambda payment: payment.customer_id,
        "status": lambda payment: str(payment.status),
        "currency": lambda payment: payment.currency,
        "payment_method": lambda payment: payment.method,
        "payment_date": lambda payment: payment.payment_date,
        "created_at": lambda payment: to_the_millisecond(payment.created_at),
    },
    CreditNote: {
        "customer_id": lambda note: note.buyer.id,
        "invoice_id": lambda note: note.invoice_id,
        "issue_date": lambda note: note.issue_date,
        "created_at": lambda note: to_the_millisecond(note.created_at),
    },
    LedgerEntry: {
        "type": lambda entry: str(entry.movement),
        "currency": lambda entry: entry.currency,
        "invoice_id": lambda entry: entry.invoice_id,
        "date": lambda entry: entry.date,
        "created_at": lambda entry: to_the_millisecond(entry.created_at),
    },
    Delivery: {
        "status": lambda delivery: str(delivery.status),
        "recipient": lambda delivery: mailbox_of(delivery.recipient or ""),
        "created_at": lambda delivery: to_the_millisecond(delivery.created_at),
    },
    Suppression: {
        "address": lambda suppression: suppression.id,
        "reason": lambda suppression: suppression.reason,
        "created_at": lambda suppression: to_the_millisecond(suppression.created_at),
    },
    Export: {
        "type": lambda export: export.type,
        "status": lambda export: str(export.status),
        "created_at": lambda export: to_the_millisecond(export.created_at),
    },
    WebhookDelivery: {
        "webhook_id": lambda delivery: delivery.webhook_id,
        "status": lambda delivery: delivery.status,
        "event_id": lambda delivery: delivery.event_id,
        "created_at": lambda delivery: to_the_millisecond(delivery.created_at),
    },
    Import: {
        "type": lambda data_import: data_import.type,
        "status": lambda data_import: str(data_import.status),
        "created_at": lambda data_import: to_the_millisecond(data_import.created_at),
    },
    RecurringInvoice: {
        "customer_id": lambda schedule: schedule.customer_id,
        "status": lambda schedule: str(schedule.status),
        "next_billing_date": lambda schedule: schedule.next_billing_date,
        "start_date": lambda schedule: schedule.start_date,
        "end_date": lambda schedule: schedule.end_date,
        "created_at": lambda schedule: to_the_millisecond(schedule.created_at),
    },
    PortalLink: {
        "customer_id": lambda link: link.customer_id,
        "created_at": lambda link: to_the_millisecond(link.created_at),
    },
    Event: {
        "resource_id": lambda event: event.resource_id,
        "type": lambda event: event.type,
        "created_at": lambda event: to_the_millisecond(event.occurred_at),
    },
}


def reference_page(entities: Sequence[Any], query: ListQuery) -> ListPage[Any]:
    """One page of what passes among some entities."""
    chosen = reference_list(entities, query)
    place = read_cursor(query)
    page = place.page if place else query.page
    begin = query.skipped if place is None else (page - 1) * query.per_page

    def cursor(number: int) -> str:
        return write_cursor(query, Place(page=number, position=str(number)))

    has_next, has_previous = begin + query.per_page < len(chosen), page > 1
    return ListPage(
        items=tuple(chosen[begin : begin + query.per_page]),
        page=page,
        total=len(chosen),
        has_next=has_next,
        has_previous=has_previous,
        next_cursor=cursor(page + 1) if has_next else None,
        previous_cursor=cursor(page - 1) if has_previous else None,
    )


def has_cursors(kind: type, account: str, query: ListQuery, entities: Sequence[Any]) -> bool:
    """Whether the real store reads a list from an index in its order; what it sorts itself has pages by number only."""
    listing = record_of(kind).listing
    if any(plan.in_order for plan in plans(account, query, listing.indexes)):
        return True
    if not any(plan.in_order for plan in plans(account, query, listing.entries)):
        return False
    customers = {value for item in query.conditions if item.field == "customer_id" for value in item.values}
    return sum(value_of(entity, "customer_id") in customers for entity in entities) >= MANY


def reference_list(entities: Sequence[Any], query: ListQuery) -> list[Any]:
    """All that passes, in order."""
    chosen = [entity for entity in entities if all(_holds(item, entity) for item in query.conditions)]
    fixed = {item.field for item in query.conditions if item.operator == "eq" and item.field != "created_at"}
    sorts = [(sort.field, sort.descending) for sort in query.sorts]
    chosen = [entity for entity in chosen if all(value_of(entity, field) is not None for field, _ in sorts)]
    varying = [sort for sort in sorts if sort[0] not in fixed] or [("created_at", sorts[-1][1])]
    chosen.sort(key=lambda entity: (value_of(entity, "created_at"), entity.id), reverse=varying[-1][1])
    for field, descending in reversed(varying):
        chosen.sort(key=lambda entity: value_of(entity, field), reverse=descending)
    return chosen


def value_of(entity: Any, field: str) -> Any:
    if (key := metadata_key(field)) is not None:
        return entity.metadata.get(key)
    return FIELDS[type(entity)][field](entity)


def to_the_millisecond(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _holds(item: Condition, entity: Any) -> bool:
    if item.field == "search":
        asked = search_for(item.value)
        return asked is not None and is_found(asked.words, words_of(entity))
    value = value_of(entity, item.field)
    if value is None:
        return item.operator == "ne"
    if not item.values:
        return False
    if item.operator == "like":
        return _like(item.value, value)
    spans = [_span(item.field, text) for text in item.values]
    low, high = spans[0]
    passes: dict[str, Callable[[], bool]] = {
        "eq": lambda: low <= value <= high,
        "ne": lambda: not low <= value <= high,
        "in": lambda: any(least <= value <= most for least, most in spans),
        "gt": lambda: value > high,
        "gte": lambda: value >= low,
        "lt": lambda: value < low,
        "lte": lambda: value <= high,
    }
    return passes[item.operator]()


def _span(field: str, text: str) -> tuple[Any, Any]:
    """The lowest and highest value that a filter's value stands for: a day of instants, else one value."""
    if field == "amount":
        return Decimal(text), Decimal(text)
    if field in {"date", "due_date", "issue_date", "payment_date"}:
        return date.fromisoformat(text), date.fromisoformat(text)
    if field != "created_at":
        return text, text
    start = datetime.fromisoformat(text)
    if start.tzinfo is not None:
        return start, start
    start = start.replace(tzinfo=UTC)
    return start, start + timedelta(days=1, microseconds=-1)


def _like(pattern: str, value: str) -> bool:
    parts = [re.escape(part) for part in pattern.split("%")]
    expression = ".*".join(parts) if "%" in pattern else f".*{parts[0]}.*"
    return re.fullmatch(expression, value, re.DOTALL) is not None
