"""What may be asked of the event log."""

from collections.abc import Mapping
from datetime import UTC, datetime

from invoicing.api.list_parameters import MOST_PER_PAGE
from invoicing.api.parameters import read_parameters
from invoicing.api.query import INSTANT, MOST_VALUES, TEXT, ValueType, whole_number
from invoicing.domain.events.patterns import ALL, patterns
from invoicing.operations.events._event_page import NEWEST, EventQuery, read_cursor


def _types(value: str) -> str:
    """Check some patterns of event types."""
    chosen = value.split(",")
    if len(chosen) > MOST_VALUES or not patterns().issuperset(chosen):
        raise ValueError(value)
    return value


def _cursor(value: str) -> str:
    read_cursor(value)
    return value


EVENT_LOG: Mapping[str, ValueType] = {
    "after": ValueType("meta.next_cursor of another page, or empty to begin with the oldest event", _cursor),
    "type": ValueType(
        f"up to {MOST_VALUES} event types such as invoice.paid, invoice.* or *, separated by commas", _types
    ),
    "resource": TEXT,
    "customer_id": TEXT,
    "from": INSTANT,
    "to": INSTANT,
    "limit": whole_number(1, MOST_PER_PAGE, default=20),
}
"""The query parameters of the event log."""


def event_query(query_string: str) -> EventQuery:
    """Read a query of the log; `InvalidRequest` as `read_parameters`."""
    given = read_parameters(query_string, EVENT_LOG)
    return EventQuery(
        position=read_cursor(given["after"]) if "after" in given else NEWEST,
        types=tuple(given.get("type", ALL).split(",")),
        resource_id=given.get("resource"),
        customer_id=given.get("customer_id"),
        created_from=_instant(given.get("from")),
        created_before=_instant(given.get("to")),
        most=int(given.get("limit", 20)),
    )


def _instant(value: str | None) -> datetime | None:
    """Return an instant, of a day its beginning in UTC, to the millisecond."""
    if value is None:
        return None
    read = datetime.fromisoformat(INSTANT.read(value))
    return read if read.tzinfo else read.replace(tzinfo=UTC)
