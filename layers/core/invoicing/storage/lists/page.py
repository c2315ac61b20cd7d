"""Reader of list pages: the keys from an index, then the entities of one page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from invoicing.domain.lists.list_counter import ListCounter
from invoicing.operations.lists.query import (
    MOST_CANDIDATES,
    SEARCH,
    ListPage,
    ListQuery,
    Place,
    Sort,
    metadata_key,
    passes,
    read_cursor,
    write_cursor,
)
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import Texts
from invoicing.storage.kinds import record_of
from invoicing.storage.lists.index_reader import IndexEntry, count_keys, read_keys
from invoicing.storage.lists.index_selection import Plan, in_effect, plans
from invoicing.storage.lists.list_totals import Counts, counters_of_customers, counts_of, total_of
from invoicing.storage.lists.refusals import by_number, too_broad, too_deep

KEY_NAMES = ("pk", "sk")
MOST_IN_BATCH = 100
SHORT = 100
"""Keys of a list that are read with those of its first page, so that a shorter list is not counted by itself."""

MOST_SPANS = 10
"""The most requests for the keys of a list of customers with many entities: one for each customer and status."""

MOST_PLANS = 3
"""The most indexes tried until one leaves few enough candidates."""


def page_of(
    database: Database, kind: type, account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()
) -> ListPage[Any]:
    """Return one page of entities (`invoicing.operations.unit_of_work.ports.Store.page_of`)."""
    reading = _Reading(database, kind, account, query, along)
    return replace(reading.page(), along=reading.found_along)


def page_among(database: Database, kind: type, account: str, ids: Sequence[str], query: ListQuery) -> ListPage[Any]:
    """Return one page of certain entities (`invoicing.operations.unit_of_work.ports.Store.page_among`)."""
    return _Reading(database, kind, account, query).among(ids)


class _Reading:
    """The reading of one page."""

    def __init__(
        self, database: Database, kind: type, account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()
    ) -> None:
        self._database = database
        self._record = record_of(kind)
        self._listing = self._record.listing
        self._counters = record_of(ListCounter)
        self._account = account
        self._kind = kind.__name__
        self._conditions = tuple(item for item in query.conditions if item.field != SEARCH)
        self._search = next((item.value for item in query.conditions if item.field == SEARCH), None)
        self._words: tuple[str, ...] = ()
        self._metadata = {item.field: key for item in query.conditions if (key := metadata_key(item.field)) is not None}
        self._query = query
        self._along = along
        self.found_along: dict[Ref[Any], Any] = {}
        self._table: str = self._record.Meta.table_name
        self._sorts = in_effect(query)
        without_lines = None if query.with_lines else self._record.without_lines
        self._projection = {"ProjectionExpression": without_lines} if without_lines else {}

    def page(self) -> ListPage[Any]:
        place = read_cursor(self._query)
        if self._search:
            return self._searched(place, self._search)
        if (tagged := self._tagged()) is not None:
            return self._chosen(place, tagged, on_keys=len(self._conditions) == 1)
        found = plans(self._account, self._query, self._listing.indexes)
        if found[0].in_order:
            return self._in_order(found[0], place, () if place else counts_of(self._listing, self._query))
        entered = plans(self._account, self._query, self._listing.entries)
        if entered and entered[0].in_order and len(entered[0].spans) <= MOST_SPANS:
            if place:
                return self._in_order(entered[0], place)
            names = counters_of_customers(self._query.conditions)
            counters = self._read((), names)[1]
            if all(name in counters and counters[name].entered for name in names):
                counts = counts_of(self._listing, self._query)
                return self._in_order(entered[0], place, known=total_of(counts, counters) if counts else None)
        if place is not None:
            raise by_number()
        return self._gathered(found)

    def among(self, ids: Sequence[str]) -> ListPage[Any]:
        """Return a page of the entities with these ids that pass."""
        if self._query.cursor is not None:
            raise by_number()
        entities = self._passing(self._fetch(ids, consistent=True))
        return self._cut([(self._texts(entity), entity) for entity in entities])

    def _in_order(
        self, plan: Plan, place: Place | None, counts: Counts = (), known: int | None = None
    ) -> ListPage[Any]:
        """Return a page from an index with exactly the requested entities in their order.

        The total is that of ``place``, or ``known``, or else follows from the keys and ``counts``.
        """
        query = self._query
        page = place.page if place else query.page
        back = bool(place and place.back)
        skipped = 0 if place else query.skipped
        if skipped > MOST_CANDIDATES:
            raise too_deep(query)
        last, together = skipped + query.per_page, query.per_page + len(self._along)
        most = last + 1 if place or known is not None else _most_keys(last + 1, together, counts)
        down = self._sorts[0].descending != back
        after = place.position if place else None
        keys = read_keys(self._database, self._table, plan, most, down=down, after=after)
        entries, more = keys[skipped:last], len(keys) > last
        if back:
            entries.reverse()
        names = {name for name, _ in counts} if len(keys) == most else ()
        entities, counters = self._read((entry.id for entry in entries), names)
        total = place.total if place else known
        if total is None and not place:
            total = self._total(plan, most, len(keys), total_of(counts, counters))
        has_next, has_previous = (bool(entries), more) if back else (more, page > 1)

        def cursor(entry: IndexEntry, number: int, *, back: bool) -> str:
            return write_cursor(query, Place(page=number, position=entry.order, back=back, total=total))

        return ListPage(
            items=self._passing(entities),
            page=page,
            total=total,
            has_next=has_next,
            has_previous=has_previous,
            next_cursor=cursor(entries[-1], page + 1, back=False) if has_next and entries else None,
            previous_cursor=cursor(entries[0], max(1, page - 1), back=True) if has_previous and entries else None,
        )

    def _total(self, plan: Plan, most: int, read: int, counted: int) -> int | None:
        """Return the total; ``read`` of at most ``most`` keys were read, and ``counted`` is the sum of the counters.

        A small total is exact, since counters are a moment behind; a large one comes from the counters, unless the keys
        prove them wrong: then it is unknown.
        """
        if read < most:
            return read
        if counted > MOST_CANDIDATES and counted >= read:
            return counted
        return count_keys(self._database, self._table, plan, MOST_CANDIDATES) if most <= MOST_CANDIDATES else None

    def _gathered(self, found: Sequence[Plan]) -> ListPage[Any]:
        """Return a page of the candidates of an index that pass, sorted here."""
        query = self._query
        plan, entries = self._candidates(found)
        if self._knows_enough(plan):
            on_keys = tuple(item for item in query.conditions if item in plan.residual)
            rows = [(entry.texts, None) for entry in entries if passes(on_keys, entry.texts)]
        else:
            entities = self._passing(self._fetch(entry.id for entry in entries))
            rows = [(self._texts(entity), entity) for entity in entities]
        return self._cut(rows)

    def _searched(self, place: Place | None, search: str) -> ListPage[Any]:
        """Return a page of what is found and passes, sorted here."""
        from invoicing.storage.lists.search import candidates  # noqa: PLC0415

        found = candidates(self._database, self._account, self._kind, search)
        self._words = found.words
        return self._chosen(place, found.texts, on_keys=found.exact and not self._conditions)

    def _chosen(self, place: Place | None, found: Mapping[str, Texts], *, on_keys: bool) -> ListPage[Any]:
        """Return a page of candidates that pass, sorted here; with ``on_keys`` all do, as far as keys tell."""
        if place is not None:
            raise by_number()
        if on_keys and {each.field for each in self._sorts} == {CREATED}:
            return self._cut([(texts, None) for texts in found.values()])
        return self._cut([(self._texts(each), each) for each in self._passing(self._fetch(found))])

    def _tagged(self) -> dict[str, Texts] | None:
        """Return what rows say has a value of metadata that is asked for; None where none has few enough."""
        for item in self._conditions:
            if item.field in self._query.tagged:
                from invoicing.storage.lists.search import having_tag  # noqa: PLC0415

                found = having_tag(self._database, self._account, self._kind, item)
                if found is not None:
                    return found
        return None

    def _cut(self, rows: list[tuple[Texts, Any]]) -> ListPage[Any]:
        """Sort rows and cut a page; entities that sorting did not need are read now."""
        query = self._query
        rows = [row for row in rows if all(row[0][sort.field] is not None for sort in query.sorts)]
        _sort(rows, self._sorts)
        begin = query.skipped
        chosen = rows[begin : begin + query.per_page]
        if any(entity is None for _, entity in chosen):
            entities = self._passing(self._fetch(str(texts["id"]) for texts, _ in chosen))
        else:
            entities = tuple(entity for _, entity in chosen)
        return ListPage(
            items=entities,
            page=query.page,
            total=len(rows),
            has_next=begin + query.per_page < len(rows),
            has_previous=query.page > 1,
        )

    def _candidates(self, found: Sequence[Plan]) -> tuple[Plan, list[IndexEntry]]:
        """Return the candidates of the first plan with few enough; `InvalidRequest` when none has."""
        narrowed = [plan for plan in found if len(plan.residual) < len(self._query.conditions)]
        best = sorted(narrowed or found, key=lambda plan: (plan.rank, not self._knows_enough(plan)))
        for plan in best[:MOST_PLANS]:
            entries = read_keys(self._database, self._table, plan, MOST_CANDIDATES + 1, down=True)
            if len(entries) <= MOST_CANDIDATES:
                return plan, entries
        raise too_broad(self._account, self._query, self._listing.indexes)

    def _knows_enough(self, plan: Plan) -> bool:
        """Whether the keys alone decide which entities pass, and their order."""
        known = set() if plan.index.unique else {CREATED, plan.index.field}
        return {item.field for item in plan.residual} | {sort.field for sort in self._query.sorts} <= known

    def _fetch(self, ids: Iterable[str], *, consistent: bool = False) -> list[Any]:
        """Read entities by their ids, in that order, without those that no longer exist."""
        return self._read(ids, (), consistent=consistent)[0]

    def _read(
        self, ids: Iterable[str], counters: Iterable[str], *, consistent: bool = False
    ) -> tuple[list[Any], dict[str, ListCounter]]:
        """Read entities and some list counters, without those that do not exist, and with the first what is along."""
        entities = [(self._table, self._listing.key(self._account, identifier)) for identifier in ids]
        counts = [(self._counters.Meta.table_name, (self._account, identifier)) for identifier in counters]
        due = {ref: record_of(ref.kind) for ref in self._along if entities and ref not in self.found_along}
        along = {ref: (record.Meta.table_name, record.key(ref.account, ref.id)) for ref, record in due.items()}
        current = {table for table, _ in along.values()}
        found: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
        for some in batched([*along.values(), *entities, *counts], MOST_IN_BATCH, strict=False):
            requests: dict[str, Any] = {}
            for table, key in some:
                read: dict[str, Any] = {"Keys": [], "ConsistentRead": consistent or table in current}
                read |= self._projection if table == self._table else {}
                keys = requests.setdefault(table, read)["Keys"]
                keys.append({name: {"S": part} for name, part in zip(KEY_NAMES, key, strict=False)})
            found |= {(table, _key_of(item)): item for table, item in self._database.read_all(requests)}
        self.found_along |= {
            ref: due[ref].entity_of(found[key]) if key in found else None for ref, key in along.items()
        }
        return (
            [self._record.entity_of(found[key]) for key in entities if key in found],
            {key[1][1]: self._counters.entity_of(found[key]) for key in counts if key in found},
        )

    def _passing(self, entities: Iterable[Any]) -> tuple[Any, ...]:
        """Return the entities that still pass: an index may be a moment behind."""
        passing = tuple(entity for entity in entities if passes(self._conditions, self._texts(entity)))
        if not self._words:
            return passing
        from invoicing.storage.lists.search import having_words  # noqa: PLC0415

        return having_words(self._database, self._account, self._words, passing)

    def _texts(self, entity: Any) -> Texts:
        """Return the texts that lists filter or sort by, with those of metadata that are asked for."""
        texts: Texts = self._listing.texts(entity)
        return texts | {field: entity.metadata.get(key) for field, key in self._metadata.items()}


def _key_of(item: dict[str, Any]) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in KEY_NAMES if name in item)


def _most_keys(needed: int, entities: int, counts: Counts) -> int:
    """Return the most keys to read: enough to count a short list, or any where counters do not fit in, at once."""
    come_along = entities + len({name for name, _ in counts}) <= MOST_IN_BATCH
    return max(needed, min(SHORT, MOST_CANDIDATES) if come_along else MOST_CANDIDATES + 1)


def _sort(rows: list[Any], sorts: Sequence[Sort]) -> None:
    """Sort rows; equal ones stay in order of creation, in the direction of the last sort field."""
    rows.sort(key=lambda row: (row[0][CREATED], row[0]["id"]), reverse=sorts[-1].descending)
    for sort in reversed(sorts):
        rows.sort(key=lambda row: row[0][sort.field], reverse=sort.descending)
