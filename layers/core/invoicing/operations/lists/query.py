"""List queries: filters, order, page and fields of a list, and the page that is returned.

Values are compared as texts (`invoicing.operations.lists.sort_texts`).
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Literal

import orjson

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.lists.sort_texts import CREATED, HIGHEST
from invoicing.operations.unit_of_work.change_set import Ref

Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "like"]

METADATA = re.compile(r"metadata\[(.+)\]", re.DOTALL)
"""The fields of conditions about a value of metadata."""

SEARCH = "search"
"""The field of the condition whose value is words that find an entity."""

MOST_CANDIDATES = 1_000
"""The most entities examined for one page.

It applies when no index has the requested order or knows all filters; it is also the most that ``page`` skips or a
total counts.
"""

MOST_COUNTED = 10**12
"""The highest count of entities, and of pages, in a cursor."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter; several ``values`` for ``in`` only. A value of `CREATED` may be the beginning of an instant."""

    field: str
    operator: Operator
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """The value of any operator but ``in``."""
        return self.values[0]

    def holds(self, text: str | None) -> bool:
        """Whether a field with this text passes; a field without a text passes only ``ne``."""
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
    """A field to sort by."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """A query of a list; ``page`` counts from 1 and is ignored with a ``cursor``.

    ``offset`` is the number of entities before the page, which then need not begin where a numbered page would.
    ``given`` are the conditions of the client where others follow from them, which may differ from day to day.
    ``tagged`` are the fields about metadata that search rows serve.
    Without ``with_lines``, documents come without their lines, which then need not be read and unpacked.
    """

    conditions: tuple[Condition, ...] = ()
    given: tuple[Condition, ...] | None = None
    sorts: tuple[Sort, ...] = (Sort(CREATED, descending=True),)
    page: int = 1
    per_page: int = 20
    cursor: str | None = None
    offset: int | None = None
    with_lines: bool = True
    tagged: frozenset[str] = frozenset()

    @property
    def skipped(self) -> int:
        """The number of entities before the page; ignored with a ``cursor``."""
        return (self.page - 1) * self.per_page if self.offset is None else self.offset

    @property
    def fingerprint(self) -> str:
        """A hash that is the same for all pages of one query, and differs for other queries."""
        conditions = self.conditions if self.given is None else self.given
        parts = [[item.field, item.operator, *item.values] for item in conditions]
        order = [[item.field, item.descending] for item in self.sorts]
        return hashlib.sha256(orjson.dumps([parts, order, self.per_page])).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The start of a page: after the entity at ``position``, or before it when going ``back``."""

    page: int
    position: str
    back: bool = False
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage[A]:
    """A page. ``total`` is None when there are more than are counted; a cursor is None where there is no page.

    ``along`` has other entities that were read with those of the page, None where they do not exist.
    """

    items: tuple[A, ...]
    page: int
    total: int | None
    has_next: bool
    has_previous: bool
    next_cursor: str | None = None
    previous_cursor: str | None = None
    along: Mapping[Ref[Any], Any] = field(default_factory=dict)


def write_cursor(query: ListQuery, place: Place) -> str:
    """Write a place as a cursor that belongs to one query."""
    values: list[Any] = [query.fingerprint, place.page, place.position, place.back, place.total]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_cursor(query: ListQuery) -> Place | None:
    """Read where the query's page begins, None without a cursor; `InvalidRequest` for a cursor of another query."""
    if query.cursor is None:
        return None
    try:
        padded = query.cursor + "=" * (-len(query.cursor) % 4)
        values = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
    except ValueError:
        values = None
    match values:
        case [query.fingerprint, page, str(position), bool(back), total]:
            if _is_count(page) and page > 0 and (total is None or _is_count(total)) and _is_position(position):
                return Place(page=page, position=position, back=back, total=total)
    message = "cursor does not belong to this query; follow the links of its first page."
    raise invalid_query("cursor", message, query.cursor[:100] if query.cursor.isascii() else None)


def _is_count(value: Any) -> bool:
    """Whether this is a count that cursors may have; ``true`` is none, though Python takes it for 1."""
    return type(value) is int and 0 <= value <= MOST_COUNTED


def _is_position(position: str) -> bool:
    """Whether this could be the key of an entity: no longer than keys are, and ending with an id or number."""
    return 0 < len(position.encode()) <= 1000 and " " <= position[-1] <= "~"


def invalid_query(field: str, message: str, value: str | None = None, code: str = "VALUE_INVALID") -> InvalidRequest:
    """Make an `InvalidRequest` ``INVALID_QUERY`` that names one parameter."""
    return invalid_parameters([Detail(field, message, code, value)])


def invalid_parameters(details: Sequence[Detail]) -> InvalidRequest:
    """Make an `InvalidRequest` ``INVALID_QUERY`` that names some parameters; its message is that of the first."""
    return InvalidRequest("INVALID_QUERY", details[0].message, tuple(details))


def require_in_order(start: date, end: date) -> None:
    """Raise `InvalidRequest` ``INVALID_QUERY`` for a period that ends before it starts."""
    if start > end:
        message = f"start_date must not be after end_date, {end}."
        raise invalid_query("start_date", message, start.isoformat(), "DATE_INVALID")


def metadata_key(field: str) -> str | None:
    """Return the key of metadata that a field of a condition is about, None for any other field."""
    match = METADATA.fullmatch(field)
    return match[1] if match else None


def passes(conditions: tuple[Condition, ...], texts: Mapping[str, str | None]) -> bool:
    """Whether an entity with these texts passes all filters."""
    return all(condition.holds(texts[condition.field]) for condition in conditions)


def matches(pattern: str, text: str) -> bool:
    """Whether a text matches a pattern in which ``%`` is any text; a pattern without ``%`` may match anywhere."""
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
