"""Reads lists: the keys from an index, then the things of one page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.domain.events import Event
from invoicing.domain.invoice import Invoice
from invoicing.domain.party import Customer
from invoicing.domain.payment import Payment
from invoicing.operations.listing import (
    MOST_CANDIDATES,
    Condition,
    Listed,
    ListQuery,
    Place,
    Sort,
    invalid_query,
    passes,
    read_cursor,
    write_cursor,
)
from invoicing.operations.sort_texts import CREATED
from invoicing.storage.credit_note_records import CreditNoteRecord
from invoicing.storage.database import Database
from invoicing.storage.event_records import EventRecord
from invoicing.storage.figure_records import FigureRecord
from invoicing.storage.indexes import (
    CREDIT_NOTE_INDEXES,
    CUSTOMER_INDEXES,
    EVENT_INDEXES,
    INVOICE_INDEXES,
    PAYMENT_INDEXES,
    Index,
    Texts,
    credit_note_texts,
    customer_texts,
    event_texts,
    invoice_texts,
    payment_texts,
)
from invoicing.storage.keys import Entry, count_keys, read_keys
from invoicing.storage.payment_records import PaymentRecord
from invoicing.storage.plans import Plan, in_effect, plans
from invoicing.storage.records import CustomerRecord, InvoiceRecord
from invoicing.storage.totals import figures_of_customers, figures_of_invoices, uncounted

MOST_IN_BATCH = 100
MOST_PLANS = 3
"""Indexes tried one after the other until one leaves few enough candidates."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the things of a kind lie, how they are read, and which figures say how many a list has."""

    record: Any
    indexes: tuple[Index, ...]
    texts: Callable[[Any], Texts]
    figures: Callable[[ListQuery], tuple[str, ...]]


SOURCES: dict[type, Source] = {
    Invoice: Source(InvoiceRecord, INVOICE_INDEXES, invoice_texts, figures_of_invoices),
    Customer: Source(CustomerRecord, CUSTOMER_INDEXES, customer_texts, figures_of_customers),
    CreditNote: Source(CreditNoteRecord, CREDIT_NOTE_INDEXES, credit_note_texts, uncounted),
    Payment: Source(PaymentRecord, PAYMENT_INDEXES, payment_texts, uncounted),
    Event: Source(EventRecord, EVENT_INDEXES, event_texts, uncounted),
}


def page_of(database: Database, kind: type, account: str, query: ListQuery) -> Listed[Any]:
    """One page of things (`invoicing.operations.ports.Store.page_of`)."""
    return _Reading(database, SOURCES[kind], account, query).page()


def page_among(database: Database, kind: type, account: str, ids: Sequence[str], query: ListQuery) -> Listed[Any]:
    """One page of certain things (`invoicing.operations.ports.Store.page_among`)."""
    return _Reading(database, SOURCES[kind], account, query).among(ids)


class _Reading:
    """The reading of one page."""

    def __init__(self, database: Database, source: Source, account: str, query: ListQuery) -> None:
        self._database = database
        self._source = source
        self._account = account
        self._query = query
        self._table: str = source.record.Meta.table_name
        self._sorts = in_effect(query)

    def page(self) -> Listed[Any]:
        place = read_cursor(self._query)
        found = plans(self._account, self._query, self._source.indexes)
        if found[0].in_order:
            return self._in_order(found[0], place)
        if place is not None:
            raise _by_number()
        return self._gathered(found)

    def among(self, ids: Sequence[str]) -> Listed[Any]:
        """A page of what passes among the things with these ids."""
        if self._query.cursor is not None:
            raise _by_number()
        things = self._passing(self._fetch(ids, consistent=True))
        return self._cut([(self._source.texts(thing), thing) for thing in things])

    def _in_order(self, plan: Plan, place: Place | None) -> Listed[Any]:
        """A page from an index that has what is asked for, in the order asked for."""
        query = self._query
        page = place.page if place else query.page
        back = bool(place and place.back)
        skipped = 0 if place else query.skipped
        if skipped > MOST_CANDIDATES:
            raise _too_deep(query)
        figures = () if place else self._source.figures(query)
        last = skipped + query.per_page
        most = _most_keys(last + 1, query.per_page, figures)
        down = self._sorts[0].descending != back
        after = place.position if place else None
        keys = read_keys(self._database, self._table, plan, most, down=down, after=after)
        entries, more = keys[skipped:last], len(keys) > last
        if back:
            entries.reverse()
        ids = [entry.id for entry in entries]
        things, counted = self._fetch_counted(ids, figures if len(keys) == most else ())
        total = place.total if place else self._total(plan, most, len(keys), counted)
        has_next, has_previous = (bool(entries), more) if back else (more, page > 1)

        def cursor(entry: Entry, number: int, *, back: bool) -> str:
            return write_cursor(query, Place(page=number, position=entry.order, back=back, total=total))

        return Listed(
            things=self._passing(things),
            page=page,
            total=total,
            has_next=has_next,
            has_previous=has_previous,
            next_cursor=cursor(entries[-1], page + 1, back=False) if has_next and entries else None,
            previous_cursor=cursor(entries[0], max(1, page - 1), back=True) if has_previous and entries else None,
        )

    def _total(self, plan: Plan, most: int, read: int, counted: int) -> int | None:
        """How many things the list has; ``read`` of at most ``most`` keys were, and ``counted`` is what figures say.

        Few are counted for certain, since figures are a moment behind; many are what the figures say, unless these
        are so far behind that the keys prove them wrong: then it is not known.
        """
        if read < most:
            return read
        if counted > MOST_CANDIDATES and counted >= read:
            return counted
        return count_keys(self._database, self._table, plan, MOST_CANDIDATES) if most <= MOST_CANDIDATES else None

    def _gathered(self, found: Sequence[Plan]) -> Listed[Any]:
        """A page of what passes among the candidates of an index, sorted here."""
        query = self._query
        plan, entries = self._candidates(found)
        if self._knows_enough(plan):
            on_keys = tuple(item for item in query.conditions if item in plan.residual)
            rows = [(entry.texts, None) for entry in entries if passes(on_keys, entry.texts)]
        else:
            things = self._passing(self._fetch(entry.id for entry in entries))
            rows = [(self._source.texts(thing), thing) for thing in things]
        return self._cut(rows)

    def _cut(self, rows: list[tuple[Texts, Any]]) -> Listed[Any]:
        """A page of what passes, sorted here; a thing that was not needed to sort is read now."""
        query = self._query
        rows = [row for row in rows if all(row[0][sort.field] is not None for sort in query.sorts)]
        _sort(rows, self._sorts)
        begin = query.skipped
        chosen = rows[begin : begin + query.per_page]
        if any(thing is None for _, thing in chosen):
            things = self._passing(self._fetch(str(texts["id"]) for texts, _ in chosen))
        else:
            things = tuple(thing for _, thing in chosen)
        return Listed(
            things=things,
            page=query.page,
            total=len(rows),
            has_next=begin + query.per_page < len(rows),
            has_previous=query.page > 1,
        )

    def _candidates(self, found: Sequence[Plan]) -> tuple[Plan, list[Entry]]:
        """The first of the plans that leaves few enough; `InvalidRequest` when none does."""
        narrowed = [plan for plan in found if len(plan.residual) < len(self._query.conditions)]
        best = sorted(narrowed or found, key=lambda plan: (plan.rank, not self._knows_enough(plan)))
        for plan in best[:MOST_PLANS]:
            entries = read_keys(self._database, self._table, plan, MOST_CANDIDATES + 1, down=True)
            if len(entries) <= MOST_CANDIDATES:
                return plan, entries
        raise self._too_broad()

    def _knows_enough(self, plan: Plan) -> bool:
        """Whether the keys alone say what passes, and in which order."""
        known = set() if plan.index.unique else {CREATED, plan.index.field}
        return {item.field for item in plan.residual} | {sort.field for sort in self._query.sorts} <= known

    def _fetch(self, ids: Iterable[str], *, consistent: bool = False) -> list[Any]:
        """Things by their ids, in that order, but for those that are gone."""
        return self._fetch_counted(ids, (), consistent=consistent)[0]

    def _fetch_counted(
        self, ids: Iterable[str], figures: Iterable[str], *, consistent: bool = False
    ) -> tuple[list[Any], int]:
        """Besides the things, what some figures come to."""
        things = [(self._table, sk) for sk in ids]
        counts = [(FigureRecord.Meta.table_name, sk) for sk in figures]
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for some in batched([*things, *counts], MOST_IN_BATCH, strict=False):
            asked: dict[str, Any] = {}
            for table, sk in some:
                keys = asked.setdefault(table, {"Keys": [], "ConsistentRead": consistent})["Keys"]
                keys.append({"pk": {"S": self._account}, "sk": {"S": sk}})
            found |= {(table, item["sk"]["S"]): item for table, item in self._database.read_all(asked)}
        return (
            [self._source.record.entity_of(found[key]) for key in things if key in found],
            sum(FigureRecord.entity_of(found[key]).count for key in counts if key in found),
        )

    def _passing(self, things: Iterable[Any]) -> tuple[Any, ...]:
        """An index may be a moment behind: a thing that no longer passes is left out."""
        conditions = self._query.conditions
        return tuple(thing for thing in things if passes(conditions, self._source.texts(thing)))

    def _too_broad(self) -> InvalidRequest:
        fitting = []
        for field in sorted({index.field for index in self._source.indexes}):
            other = ListQuery(conditions=self._query.conditions, sorts=(Sort(field, descending=True),))
            if plans(self._account, other, self._source.indexes)[0].in_order:
                fitting.append(f"sort={field}")
        advice = f" It can be read with {' or '.join(fitting)}." if fitting else ""
        narrower = sorted(
            {index.within or index.field for index in self._source.indexes} - _fields(self._query.conditions)
        )
        message = (
            f"More than {MOST_CANDIDATES} have to be looked at for these filters in this order.{advice}"
            f" Or add a filter on {', '.join(narrower)}, or narrow those there are."
        )
        return _too_much("sort" if fitting else "filter", message)


def _most_keys(needed: int, per_page: int, figures: Sequence[str]) -> int:
    """How many keys to read at most: enough to count without a further request where figures cannot come along."""
    come_along = per_page + len(figures) <= MOST_IN_BATCH
    return needed if come_along else max(needed, MOST_CANDIDATES + 1)


def _fields(conditions: Iterable[Condition]) -> set[str]:
    return {item.field for item in conditions}


def _sort(rows: list[Any], sorts: Sequence[Sort]) -> None:
    """What is alike in all of it stays in order of creation, in the direction of the last."""
    rows.sort(key=lambda row: (row[0][CREATED], row[0]["id"]), reverse=sorts[-1].descending)
    for sort in reversed(sorts):
        rows.sort(key=lambda row: row[0][sort.field], reverse=sort.descending)


def _by_number() -> InvalidRequest:
    return invalid_query("cursor", "Pages of this list are asked for by number.")


def _too_deep(query: ListQuery) -> InvalidRequest:
    message = f"By number at most {MOST_CANDIDATES} are skipped; follow links.next, or filter."
    if query.offset is not None:
        return _too_much("offset", message, str(query.offset))
    return _too_much("page", message, str(query.page))


def _too_much(field: str, message: str, value: str | None = None) -> InvalidRequest:
    return InvalidRequest("QUERY_TOO_BROAD", message, (Detail(field, message, "QUERY_TOO_BROAD", value),))
