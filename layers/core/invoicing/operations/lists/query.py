"""Lists: which things a client asks for, in what order, which page of them, and what it gets.

Values are compared as texts (`invoicing.operations.lists.sort_texts`).
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.lists.sort_texts import CREATED, HIGHEST

Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "like"]

MOST_CANDIDATES = 1_000
"""Things looked at for one page when no index has the order asked for or knows all filters; also the most things
that ``page`` skips or a total counts."""

MOST_COUNTED = 10**12
"""Things, and pages of them, that a cursor counts."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter; several ``values`` for ``in`` only. A value of `CREATED` may be the beginning of an instant."""

    field: str
    operator: Operator
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """The value of every operator but ``in``."""
        return self.values[0]

    def holds(self, text: str | None) -> bool:
        """Whether a field with this text passes; one without passes only ``ne``."""
        if text is None:
            return self.operator == "ne"
        return _PASSES[self.operator](self, text)

    def is_one_of_values(self, text: str) -> bool:
        """Whether a text is one of the values."""
        return any(text.startswith(value) if self.field == CREATED else text == value for value in self.values)


_PASSES: dict[Operator, Callable[[Condition, str], bool]] = {
    "eq": Condition.is_one_of_values,
    "in": Condition.is_one_of_values,
    "ne": lambda item, text: not item.is_one_of_values(text),
    "gt": lambda item, text: text > item.value + HIGHEST,
    "gte": lambda item, text: text >= item.value,
    "lt": lambda item, text: text < item.value,
    "lte": lambda item, text: text <= item.value + HIGHEST,
    "like": lambda item, text: matches(item.value, text),
}


@dataclass(frozen=True, slots=True)
class Sort:
    """One field to sort by."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a client asks of a list; ``page`` counts from 1 and is not looked at with a ``cursor``.

    An ``offset`` says how many come before the page, which then need not begin where a page by number would.
    """

    conditions: tuple[Condition, ...] = ()
    sorts: tuple[Sort, ...] = (Sort(CREATED, descending=True),)
    page: int = 1
    per_page: int = 20
    cursor: str | None = None
    offset: int | None = None

    @property
    def skipped(self) -> int:
        """How many things come before the page; not looked at with a ``cursor``."""
        return (self.page - 1) * self.per_page if self.offset is None else self.offset

    @property
    def fingerprint(self) -> str:
        """The same for all pages of one list, and another for other lists."""
        asked = [[item.field, item.operator, *item.values] for item in self.conditions]
        order = [[item.field, item.descending] for item in self.sorts]
        return hashlib.sha256(orjson.dumps([asked, order, self.per_page])).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page begins: after the thing at ``position``, or before it when going ``back``."""

    page: int
    position: str
    back: bool = False
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage[A]:
    """One page. ``total`` is None when there are more than are counted; cursors are None where there is no page."""

    items: tuple[A, ...]
    page: int
    total: int | None
    has_next: bool
    has_previous: bool
    next_cursor: str | None = None
    previous_cursor: str | None = None


def write_cursor(query: ListQuery, place: Place) -> str:
    """A place as a text that belongs to one query."""
    values: list[Any] = [query.fingerprint, place.page, place.position, place.back, place.total]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_cursor(query: ListQuery) -> Place | None:
    """Where the query's page begins, None without a cursor; `InvalidRequest` when it is not one of this query."""
    if query.cursor is None:
        return None
    try:
        padded = query.cursor + "=" * (-len(query.cursor) % 4)
        values = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
    except ValueError:
        values = None
    match values:
        case [query.fingerprint, int(page), str(position), bool(back), int() | None as total]:
            if 0 < page <= MOST_COUNTED and 0 <= (total or 0) <= MOST_COUNTED and _is_position(position):
                return Place(page=page, position=position, back=back, total=total)
    message = "cursor does not belong to this query; follow the links of its first page."
    raise invalid_query("cursor", message, query.cursor[:100] if query.cursor.isascii() else None)


def _is_position(position: str) -> bool:
    """Whether this could be the key of a thing: not longer than keys are, and ending with an id or number."""
    return 0 < len(position.encode()) <= 1000 and " " <= position[-1] <= "~"


def invalid_query(field: str, message: str, value: str | None = None, code: str = "VALUE_INVALID") -> InvalidRequest:
    """`InvalidRequest` ``INVALID_QUERY`` that names one parameter."""
    return InvalidRequest("INVALID_QUERY", message, (Detail(field, message, code, value),))


def passes(conditions: tuple[Condition, ...], texts: Mapping[str, str | None]) -> bool:
    """Whether a thing with these texts passes all filters."""
    return all(condition.holds(texts[condition.field]) for condition in conditions)


def matches(pattern: str, text: str) -> bool:
    """Whether a text is like a pattern, in which ``%`` is any text; a pattern without one may stand anywhere."""
    first, *others = (pattern if "%" in pattern else f"%{pattern}%").split("%")
    if not others:
        return text == first
    *middle, last = others
    if not text.startswith(first):
        return False
    begin = len(first)
    for part in middle:
        found = text.find(part, begin)
        if found < 0:
            return False
        begin = found + len(part)
    return text.endswith(last) and len(text) - len(last) >= begin
