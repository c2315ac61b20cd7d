"""Reader of pages of the customer ledger: entries by date, read whole from the table itself."""

from collections.abc import Callable, Iterator
from typing import Any

from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.operations.lists.query import (
    MOST_CANDIDATES,
    ListPage,
    ListQuery,
    Place,
    passes,
    read_cursor,
    write_cursor,
)
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import Texts
from invoicing.storage.kinds.ledger_entries import LedgerEntryRecord

MOST_EXAMINED = 2_000
"""The most entries that are read for a page of few, where filters leave others out: less than one megabyte."""

_LOWEST, _HIGHEST = "0", ":"
"""Before and after all entries, whose keys begin with a date."""

_BOUNDS: dict[str, Callable[[str], tuple[str, str]]] = {
    "eq": lambda day: (day, day + HIGHEST),
    "gt": lambda day: (day + HIGHEST, _HIGHEST),
    "gte": lambda day: (day, _HIGHEST),
    "lt": lambda day: (_LOWEST, day),
    "lte": lambda day: (_LOWEST, day + HIGHEST),
}
"""The lowest and highest key that pass a filter by date; other operators are left to the examination."""


def page_of_entries(database: Database, partition: str, query: ListQuery) -> ListPage[LedgerEntry]:
    """Return one page (`invoicing.operations.unit_of_work.ports.Ledger.page`)."""
    return _Reading(database, partition, query).page()


def entry_texts(entry: LedgerEntry) -> Texts:
    """Return the fields of an entry that its list filters or sorts by."""
    return {
        "date": entry.date.isoformat(),
        "type": str(entry.movement),
        "currency": entry.currency,
        "invoice_id": entry.invoice_id,
    }


class _Reading:
    """The reading of one page."""

    def __init__(self, database: Database, partition: str, query: ListQuery) -> None:
        self._database = database
        self._partition = partition
        self._query = query
        ranges = [
            _BOUNDS[item.operator](item.value)
            for item in query.conditions
            if item.field == "date" and item.operator in _BOUNDS
        ]
        self._low = max((low for low, _ in ranges), default=_LOWEST)
        self._high = min((high for _, high in ranges), default=_HIGHEST)
        self._leaves_out = len(ranges) < len(query.conditions)

    def page(self) -> ListPage[LedgerEntry]:
        query = self._query
        place = read_cursor(query)
        back = bool(place and place.back)
        skipped = 0 if place else query.skipped
        if skipped > MOST_CANDIDATES:
            message = f"Page numbers reach at most {MOST_CANDIDATES:,} items; follow links.next or add a filter."
            raise _too_broad("page" if query.offset is None else "offset", message)
        found = self._passing(place, skipped + query.per_page + 1, down=query.sorts[0].descending != back)
        chosen, more = found[skipped : skipped + query.per_page], len(found) > skipped + query.per_page
        if back:
            chosen.reverse()
        page = place.page if place else query.page
        total = place.total if place else self._total(len(found), more=more)
        has_next, has_previous = (bool(chosen), more) if back else (more, page > 1)

        def cursor(key: str, number: int, *, back: bool) -> str:
            return write_cursor(query, Place(page=number, position=key, back=back, total=total))

        return ListPage(
            items=tuple(entry for _, entry in chosen),
            page=page,
            total=total,
            has_next=has_next,
            has_previous=has_previous,
            next_cursor=cursor(chosen[-1][0], page + 1, back=False) if has_next and chosen else None,
            previous_cursor=cursor(chosen[0][0], max(1, page - 1), back=True) if has_previous and chosen else None,
        )

    def _passing(self, place: Place | None, most: int, *, down: bool) -> list[tuple[str, LedgerEntry]]:
        """Return the first entries that pass, with their keys; `InvalidRequest` ``QUERY_TOO_BROAD``."""
        low, high = self._low, self._high
        if place and down:
            high = min(high, _before(place.position))
        elif place:
            low = max(low, f"{place.position}\0")
        found = []
        # Where others are left out, the first request reads some more, and the next all that it can.
        limit = min(10 * most, MOST_EXAMINED // 2) if self._leaves_out else most
        for examined, item in enumerate(self._items(low, high, max(limit, most), down=down)):
            if examined >= max(MOST_EXAMINED, most):
                message = "Too many entries would be examined; add start_date and end_date, or another filter by date."
                raise _too_broad("start_date", message)
            entry = LedgerEntryRecord.entity_of(item)
            if passes(self._query.conditions, entry_texts(entry)):
                found.append((item["sk"]["S"], entry))
            if len(found) == most:
                break
        return found

    def _items(self, low: str, high: str, limit: int, *, down: bool) -> Iterator[dict[str, Any]]:
        if low > high:
            return
        request = self._request(low, high) | {"ConsistentRead": True, "ScanIndexForward": not down, "Limit": limit}
        while True:
            answer = self._database.dispatch("Query", request)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            request.pop("Limit", None)
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _total(self, read: int, *, more: bool) -> int | None:
        """Return the number of entries; None above `MOST_CANDIDATES`, and where they would have to be examined."""
        if not more or self._leaves_out:
            return None if more else read
        request = self._request(self._low, self._high) | {"Select": "COUNT", "Limit": MOST_CANDIDATES + 1}
        answer = self._database.dispatch("Query", request)
        return None if "LastEvaluatedKey" in answer or answer["Count"] > MOST_CANDIDATES else answer["Count"]

    def _request(self, low: str, high: str) -> dict[str, Any]:
        return {
            "TableName": LedgerEntryRecord.Meta.table_name,
            "KeyConditionExpression": "pk = :partition AND sk BETWEEN :low AND :high",
            "ExpressionAttributeValues": {
                ":partition": {"S": self._partition},
                ":low": {"S": low},
                ":high": {"S": high},
            },
        }


def _before(key: str) -> str:
    """Return a key after all keys before this one."""
    return key[:-1] + chr(ord(key[-1]) - 1) + HIGHEST


def _too_broad(field: str, message: str) -> InvalidRequest:
    return InvalidRequest("QUERY_TOO_BROAD", message, (Detail(field, message, "QUERY_TOO_BROAD"),))
