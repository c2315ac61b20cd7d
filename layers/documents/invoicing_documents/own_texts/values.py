"""What texts calculate with: texts, numbers, amounts, dates, objects, and flat lists of these."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Union

from invoicing.dataclass import dataclass
from invoicing.domain.money.amounts import minor_unit
from invoicing_documents.own_texts.budget import TextFailed
from invoicing_documents.wording import Wording

DECIMALS = 10
"""Decimals of a number; results with more are rounded."""

LARGEST_NUMBER = 10**15
"""Every number is below it, as all amounts are."""

_STEP = Decimal(1).scaleb(-DECIMALS)
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)

Value = Union[None, bool, str, Decimal, date, "Money", "View", tuple["Value", ...]]
"""None is empty: it prints nothing, and so do its fields."""


class ValueKind(StrEnum):
    """The kinds of variables, as the reference names them."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units; prices can have more decimals than the currency."""

    value: Decimal
    currency: str

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Variable:
    """A field of an object; ``read`` takes it from what the object shows. Of a list, ``of`` is what its items are."""

    kind: "ValueKind | ViewKind"
    meaning: str
    read: Callable[[Any], Value]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class ViewKind:
    """A kind of object: its fields, and which of them it prints as."""

    name: str
    fields: Mapping[str, Variable]
    prints_as: str


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """An object as texts see it: the declared fields of ``subject``, and nothing else of it."""

    kind: ViewKind
    subject: Any = field(repr=False)

    def read(self, name: str) -> Value:
        """Return a field; `TextFailed` without it."""
        variable = self.kind.fields.get(name)
        if variable is None:
            raise TextFailed(f"{self.kind.name} has no {name}{suggestion(name, self.kind.fields)}")
        return variable.read(self.subject)


def suggestion(name: str, among: Mapping[str, Any]) -> str:
    """Return the end of a message about an unknown name."""
    from difflib import get_close_matches  # noqa: PLC0415

    close = get_close_matches(name[:100], list(among), n=1)
    return f"; did you mean {close[0]}?" if close else f"; use one of {', '.join(sorted(among))}"


def number(value: Decimal | float) -> Decimal:
    """Return a number with at most `DECIMALS` decimals; `TextFailed` from `LARGEST_NUMBER` on."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or abs(exact) >= LARGEST_NUMBER:
        raise TextFailed(f"numbers must be below {LARGEST_NUMBER:,}")
    return _CONTEXT.normalize(_CONTEXT.quantize(exact, _STEP))


def amount(value: Decimal, currency: str) -> Money:
    """Return a calculated amount, rounded to the currency's decimals."""
    return Money(_CONTEXT.quantize(number(value), minor_unit(currency)), currency)


def exactly(calculate: Callable[[Context], Decimal]) -> Decimal:
    """Calculate with enough digits for two numbers."""
    try:
        return calculate(_CONTEXT)
    except InvalidOperation:
        raise TextFailed("this cannot be calculated") from None


_SPOKEN = {
    type(None): "nothing",
    bool: "true or false",
    str: "text",
    Decimal: "a number",
    Money: "an amount",
    date: "a date",
    tuple: "a list",
}


def kind_of(value: Value) -> str:
    """Return what a value is, for messages."""
    return value.kind.name if isinstance(value, View) else _SPOKEN[type(value)]


def written(value: Value, wording: Wording) -> str:
    """Write a value as a reader of the document's language expects it; `Setting.join` writes lists."""
    match value:
        case Decimal():
            return wording.quantity(value)
        case Money():
            return wording.money_exactly(value.value, value.currency)
        case date():
            return wording.date(value)
        case View():
            return written(value.read(value.kind.prints_as), wording)
        case tuple():
            raise TypeError("a list is written by Setting.join")
    return "" if value is None else str(value)
