"""Recurring invoices, and the indexes of their lists."""

from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.recurring.recurring_invoice import (
    Burst,
    GenerationError,
    Pause,
    PlannedContent,
    RecurringInvoice,
    RecurringStatus,
    due_work_of,
)
from invoicing.domain.recurring.rule import Rule
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.content_codec import content_from, content_values
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import Listing, ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores

PREFIX = prefix_of(RecurringInvoice.__name__)

MAX_RECURRING_INVOICE_BYTES = 200_000
"""The largest schedule, all that it plans included: its invoices have room for what they become."""

_INSTANTS = ("next_at", "held_until", "paused_at", "created_at", "updated_at")
_DATES = ("start_date", "begins", "end_date", "next_billing_date", "last_occurrence_date")


def recurring_invoice_texts(schedule: RecurringInvoice) -> Texts:
    """Return the fields of a recurring invoice that lists filter or sort by."""
    return {
        "id": schedule.id,
        "customer_id": schedule.customer_id,
        "status": str(schedule.status),
        "next_billing_date": _day_text(schedule.next_billing_date),
        "start_date": schedule.start_date.isoformat(),
        "end_date": _day_text(schedule.end_date),
        CREATED: instant_text(schedule.created_at),
    }


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _key(account: str, identifier: str, /) -> tuple[str, str]:
    return account, PREFIX + identifier


_CREATED: dict[str, Any] = {"range": "recurring_created", "field": CREATED, "id_prefix": PREFIX}

RECURRING_INVOICE_LISTING = Listing(
    indexes=(
        Index(name="recurring_by_created", partition="pk", **_CREATED),
        Index(
            name="recurring_by_customer",
            partition="recurring_customer",
            within="customer_id",
            within_rank=1,
            **_CREATED,
        ),
        Index(name="recurring_by_status", partition="recurring_status", within="status", **_CREATED),
        Index(
            name="recurring_by_next",
            partition="pk",
            range="recurring_next",
            field="next_billing_date",
            id_prefix=PREFIX,
            sparse=True,
        ),
    ),
    texts=recurring_invoice_texts,
    key=_key,
)


def recurring_invoice_values(schedule: RecurringInvoice) -> dict[str, Any]:
    """Return what is packed."""
    values = {each.name: getattr(schedule, each.name) for each in fields(schedule)}
    return values | {
        "content": content_values(schedule.content),
        "planned": [[effective_from, content_values(content)] for effective_from, content in schedule.planned],
        "burst": schedule.burst and list(schedule.burst),
        "pauses": [list(pause) for pause in schedule.pauses],
    }


def room_for_recurring_invoice(_: RecurringInvoice) -> int:
    """Return the most bytes of a recurring invoice."""
    return MAX_RECURRING_INVOICE_BYTES


def recurring_invoice_from(values: dict[str, Any]) -> RecurringInvoice:
    """Read the recurring invoice of an unpacked item."""
    return RecurringInvoice(
        **values
        | item_codec.instants(values, *_INSTANTS)
        | item_codec.dates(values, *_DATES)
        | {
            "status": RecurringStatus(values["status"]),
            "content": content_from(values["content"]),
            "planned": tuple(map(_planned, values["planned"])),
            "rule": Rule(**values["rule"]),
            "send_at": time.fromisoformat(values["send_at"]),
            "burst": _burst(values["burst"]),
            "last_error": _error(values["last_error"]),
            "pauses": tuple(map(_pause, values["pauses"])),
        }
    )


def _planned(row: list[Any]) -> PlannedContent:
    return PlannedContent(date.fromisoformat(row[0]), content_from(row[1]))


def _burst(row: list[Any] | None) -> Burst | None:
    return Burst(datetime.fromisoformat(row[0]), row[1]) if row else None


def _error(values: dict[str, Any] | None) -> GenerationError | None:
    if values is None:
        return None
    times = item_codec.instants(values, "at") | item_codec.dates(values, "occurrence_date")
    return GenerationError(**values | times | {"reported": tuple(values["reported"])})


def _pause(row: list[Any]) -> Pause:
    since, until, reason = row
    return Pause(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None, reason)


@stores(RecurringInvoice)
class RecurringInvoiceRecord(ResourceRecord):
    """A recurring invoice, in the table of invoices, whose due work ticks read."""

    read = recurring_invoice_from
    write = recurring_invoice_values
    room = room_for_recurring_invoice
    listing = RECURRING_INVOICE_LISTING
    indexed = staticmethod(RECURRING_INVOICE_LISTING.index_values)
    key = staticmethod(_key)

    class Meta:
        table_name = TableName("invoices")

    recurring_created, recurring_customer, recurring_status, recurring_next = (
        UnicodeAttribute(null=True) for _ in range(4)
    )
    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @classmethod
    def due_values(cls, entity: RecurringInvoice, *, has_clock: bool) -> dict[str, str]:
        due = due_work_of(entity)
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(RecurringInvoice.__name__, entity.id, due, shard) if due else {}
