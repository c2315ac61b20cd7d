"""The query language of lists (docs/reference/conventions.md#lists): filters, order, page, chosen fields.

What a list can be filtered and sorted by is declared once, in `invoicing.api.queries`; everything else in a query is
refused with 400 ``INVALID_QUERY``, and ``details`` name every wrong parameter.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast, get_type_hints
from urllib.parse import parse_qsl

from invoicing.api.list_parameters import Parameters, is_whole_number
from invoicing.dataclass import dataclass
from invoicing.domain.calendar import instant_text
from invoicing.domain.money.currencies import EXPONENTS
from invoicing.operations.lists.query import Condition, ListQuery, Operator, Sort, invalid_parameters, metadata_key
from invoicing.operations.lists.sort_texts import CREATED, amount_text, search_text

if TYPE_CHECKING:
    from invoicing.api.expansion import Expandable

EXPAND = "expand"
"""The parameter that names what is expanded."""

EXPANDED = "expanded"
"""The member of resources that holds what is expanded."""

MOST_EXPANDED_ITEMS = 20
"""The most items of a page of which something is expanded."""

MOST_VALUES = 10
"""Values of ``in``: each is a request of its own."""

_FILTER = re.compile(r"filter\[(\w+)\]\[(\w+)\]")
_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,4})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})")
_PRINTED = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type of values: what it looks like, how it is read (`ValueError` when it is none), and its JSON schema."""

    wording: str
    read: Callable[[str], str]
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


def _amount(value: str) -> str:
    if not _AMOUNT.fullmatch(value):
        raise ValueError(value)
    return amount_text(Decimal(value))


def _date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError(value)
    return date.fromisoformat(value).isoformat()


def _instant(value: str) -> str:
    """An instant to the millisecond, or a day in UTC."""
    if _DATE.fullmatch(value):
        return date.fromisoformat(value).isoformat()
    if not _INSTANT.fullmatch(value):
        raise ValueError(value)
    try:
        return instant_text(datetime.fromisoformat(value).astimezone(UTC))
    except OverflowError as error:
        raise ValueError(value) from error


def _printed(value: str) -> str:
    if not _PRINTED.fullmatch(value):
        raise ValueError(value)
    return value


def one_of(*words: str) -> ValueType:
    """The type of values that are some known words."""

    def read(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    wording = f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    return ValueType(wording, read, {"enum": list(words)})


def _currency(value: str) -> str:
    if value not in EXPONENTS:
        raise ValueError(value)
    return value


def expanded_names(value: str | None) -> tuple[str, ...]:
    """Return the names of the parameter `EXPAND`, each once."""
    return tuple(dict.fromkeys(value.split(","))) if value else ()


def whole_number(least: int, most: int, *, default: int) -> ValueType:
    """The type of whole numbers within bounds."""

    def read(value: str) -> str:
        if not is_whole_number(value) or not least <= int(value) <= most:
            raise ValueError(value)
        return value

    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return ValueType(f"a whole number from {least} to {most:,}", read, schema)


AMOUNT = ValueType("an amount of at least 0 with at most 4 decimals", _amount, {"type": "number", "format": "decimal"})
DATE = ValueType("a date as YYYY-MM-DD", _date, {"type": "string", "format": "date"})
INSTANT = ValueType("a timestamp such as 2026-01-31T12:00:00Z, or a date for that whole day in UTC", _instant)
TEXT = ValueType("a text of 1 to 200 characters", _printed, {"type": "string", "minLength": 1, "maxLength": 200})
SEARCH = ValueType(TEXT.wording, lambda value: search_text(_printed(value)), TEXT.schema)
CURRENCY = ValueType("an ISO 4217 currency code", _currency)
YES_OR_NO = one_of("true", "false")

FORMATS = ("json", "csv")
"""What lists with CSV can be answered as."""

CSV = "text/csv"
"""The media type of CSV."""

RANGE: frozenset[Operator] = frozenset({"eq", "ne", "gt", "gte", "lt", "lte", "in"})
CHOICE: frozenset[Operator] = frozenset({"eq", "ne", "in"})
WORDS: frozenset[Operator] = frozenset({"eq", "ne", "in", "like"})


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list may be filtered by; ``sorts`` is the field by which it is then sorted, unless its client says."""

    kind: ValueType
    operators: frozenset[Operator]
    default: str | None = None
    sorts: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What may be asked of one list; ``output`` is the typed dict of its items.

    ``aliases`` are other names of a filter with an operator, ``lines`` the field of the output that shows lines. A list
    without ``sorts`` is read whole: it has one order, and pages by number only. One
    with ``csv`` may be asked for as CSV; ``expands`` is what can be expanded; items of one with
    ``metadata`` can be filtered by any key of theirs.
    """

    filters: Mapping[str, Filter]
    sorts: tuple[str, ...]
    output: type
    aliases: Mapping[str, tuple[str, Operator]] = field(default_factory=dict)
    default_sort: str = CREATED
    csv: bool = False
    lines: str = ""
    expands: "Expandable | None" = None
    metadata: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The fields that answers have."""
        return frozenset(get_type_hints(self.output))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query as it was understood; ``fields`` is None for all of them, ``parameters`` are as they were sent.

    ``format`` is None where the query does not name one; ``expand`` names what is expanded.
    """

    query: ListQuery
    fields: frozenset[str] | None
    format: str | None = None
    expand: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...]


def read_query(query_string: str, of: ListSpec) -> ParsedQuery:
    """What a query string asks of a list; `InvalidRequest` ``INVALID_QUERY`` names all that is wrong."""
    pairs = tuple(parse_qsl(query_string, keep_blank_values=True, errors="surrogateescape", max_num_fields=None))
    reading = _Reading(of, dict(pairs))
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            reading.refuse(name, "must be given only once", "PARAMETER_REPEATED", None)
    asked = reading.asked(pairs)
    if reading.details:
        raise invalid_parameters(reading.details)
    return asked


class _Reading(Parameters):
    """Reads one query and notes all that is wrong with it."""

    def __init__(self, of: ListSpec, parameters: dict[str, str]) -> None:
        super().__init__(parameters)
        self._of = of

    def asked(self, pairs: tuple[tuple[str, str], ...]) -> ParsedQuery:
        expand = self._expand()
        page, per_page, offset = self.take_page(MOST_EXPANDED_ITEMS, f" with {EXPAND}") if expand else self.take_page()
        cursor = self._left.pop("cursor", None) if self._of.sorts else None
        has_sort = "sort" in self._left
        sorts = self._sorts() if self._of.sorts else ()
        fields = self._fields()
        format_ = self._words("format", FORMATS, "")[0] or None if self._of.csv else None
        conditions = tuple(item for name, value in self._left.items() if (item := self._condition(name, value)))
        given = {item.field for item in conditions}
        leading = next((known.sorts for name, known in self._of.filters.items() if known.sorts and name in given), None)
        if leading and not has_sort:
            sorts = tuple(replace(sort, field=leading) for sort in sorts)
        conditions += tuple(
            Condition(name, "eq", (known.default,))
            for name, known in self._of.filters.items()
            if known.default is not None and name not in given
        )
        query = ListQuery(
            conditions=conditions,
            sorts=sorts,
            page=page,
            per_page=per_page,
            cursor=cursor,
            offset=offset,
            with_lines=fields is None or not self._of.lines or self._of.lines in fields,
        )
        return ParsedQuery(query=query, fields=fields, format=format_, expand=expand, parameters=pairs)

    def _expand(self) -> tuple[str, ...]:
        """What is expanded, in the order of the query."""
        known = self._of.expands
        value = self._left.pop(EXPAND, None) if known else None
        if known is None or value is None:
            return ()
        try:
            return expanded_names(known.kind.read(value))
        except ValueError:
            self.refuse(EXPAND, f"must be {known.kind.wording}", "VALUE_INVALID", value)
            return ()

    def _sorts(self) -> tuple[Sort, ...]:
        orders = self._words("order", ("asc", "desc"), "desc")
        names = self._words("sort", self._of.sorts, self._of.default_sort)
        if len(set(names)) < len(names):
            self.refuse("sort", "must name each field only once", "VALUE_INVALID", ",".join(names))
        if len(orders) not in {1, len(names)}:
            self.refuse("order", "must have one value, or one for each field of sort", "VALUE_INVALID", None)
        every = orders * len(names) if len(orders) == 1 else orders
        return tuple(Sort(name, order == "desc") for name, order in zip(names, every, strict=False))

    def _words(self, name: str, known: tuple[str, ...], default: str) -> list[str]:
        value = self._left.pop(name, None)
        if value is None:
            return [default]
        words = value.split(",")
        if unknown := [word for word in words if word not in known]:
            self.refuse(name, f"must be one or more of {', '.join(known)}", "VALUE_INVALID", unknown[0])
            return [default]
        return words

    def _fields(self) -> frozenset[str] | None:
        value = self._left.pop("fields", None)
        if value is None:
            return None
        chosen = frozenset(value.split(","))
        for name in sorted(chosen - self._of.fields):
            self.refuse("fields", "names an unknown field", "FIELD_UNKNOWN", name)
        return chosen

    def _condition(self, name: str, value: str) -> Condition | None:
        if self._of.metadata and metadata_key(name) is not None:
            return self.metadata_condition(name, value)
        bracketed = _FILTER.fullmatch(name)
        field_name, operator = bracketed.groups() if bracketed else self._of.aliases.get(name, (name, "eq"))
        known = self._of.filters.get(field_name)
        if known is None:
            self.refuse(name, "is not a known parameter", "PARAMETER_UNKNOWN", None)
            return None
        if operator not in known.operators:
            operators = ", ".join(sorted(known.operators))
            self.refuse(name, f"must use one of the operators {operators}", "OPERATOR_UNKNOWN", operator)
            return None
        given = value.split(",") if operator == "in" else [value]
        if len(given) > MOST_VALUES:
            self.refuse(name, f"must have at most {MOST_VALUES} values", "TOO_MANY", None)
            return None
        try:
            return Condition(field_name, cast(Operator, operator), tuple(known.kind.read(item) for item in given))
        except ValueError:
            self.refuse(name, f"must be {known.kind.wording}", "VALUE_INVALID", value)
            return None
