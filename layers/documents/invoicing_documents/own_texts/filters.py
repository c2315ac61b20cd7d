"""The filters and tests of texts. What makes longer values than it gets says how long before it makes them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple

from invoicing.dataclass import dataclass
from invoicing_documents.own_texts.budget import LONGEST_VALUE, Budget, TextFailed
from invoicing_documents.own_texts.operators import ARITHMETIC
from invoicing_documents.own_texts.values import (
    DECIMALS,
    Money,
    Value,
    View,
    amount,
    exactly,
    kind_of,
    number,
    written,
)
from invoicing_documents.wording import Wording


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is rendered with: the document's wording, and what may still be used."""

    wording: Wording
    budget: Budget

    def write(self, value: Value) -> str:
        """Write a value in the document's language."""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return self.join(value, ", ")
        self.budget.step()
        return written(value, self.wording)

    def join(self, items: tuple[Value, ...], separator: str) -> str:
        """Write the items of a list, with a separator between them."""
        self.budget.step(len(items))
        texts = [self.write(item) for item in items]
        self.budget.make(sum(map(len, texts)) + len(separator) * max(len(texts) - 1, 0))
        return separator.join(texts)


class Filter(NamedTuple):
    """A filter or test: what it does, and the function that takes the setting, the value and the arguments."""

    meaning: str
    apply: Callable[..., Any]


def _changed(change: Callable[[str], str]) -> Callable[[Setting, Value], str]:
    """Make a filter of a change that keeps a text's length, or at most triples it."""

    def apply(setting: Setting, value: Value) -> str:
        text = setting.write(value)
        setting.budget.make(len(text))
        return change(text)

    return apply


def _title(text: str) -> str:
    """Begin each word with a capital letter; other than `str.title`, what follows an apostrophe is no word."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" "))


def _replace(setting: Setting, value: Value, old: Value, new: Value) -> str:
    text, part, other = setting.write(value), setting.write(old), setting.write(new)
    if not part:
        raise TextFailed("replace needs a text to look for")
    setting.budget.make(len(text) + text.count(part) * max(len(other) - len(part), 0))
    return text.replace(part, other)


def _truncate(setting: Setting, value: Value, length: Value = Decimal(255), end: Value = "…") -> str:
    text, ending, most = setting.write(value), setting.write(end), _whole(length, LONGEST_VALUE)
    if len(text) <= most:
        return text
    setting.budget.make(most + len(ending))
    kept = text[: max(most - len(ending), 0)]
    words = kept.rpartition(" ")[0]
    return (words or kept) + ending


def _default(_setting: Setting, value: Value, other: Value = "") -> Value:
    return other if value is None or value == "" else value


def _length(setting: Setting, value: Value) -> Decimal:
    return Decimal(len(value) if isinstance(value, tuple) else len(setting.write(value)))


def _first(_setting: Setting, value: Value) -> Value:
    return _sequence(value)[0] if value else None


def _last(_setting: Setting, value: Value) -> Value:
    return _sequence(value)[-1] if value else None


def _join(setting: Setting, value: Value, separator: Value = "") -> str:
    return setting.join(_items(setting, value), setting.write(separator))


def _map(setting: Setting, value: Value, attribute: Value) -> tuple[Value, ...]:
    return tuple(_field(item, attribute) for item in _items(setting, value))


def _sum(setting: Setting, value: Value, attribute: Value = None) -> Value:
    items = _items(setting, value) if attribute is None else _map(setting, value, attribute)
    for item in items:
        if not isinstance(item, Decimal | Money):
            raise TextFailed(f"sum adds numbers and amounts, not {kind_of(item)}")
    return reduce(ARITHMETIC["Add"], items) if items else Decimal(0)


def _abs(_setting: Setting, value: Value) -> Value:
    match value:
        case Decimal():
            return abs(value)
        case Money():
            return Money(abs(value.value), value.currency)
    raise TextFailed(f"abs takes a number, not {kind_of(value)}")


def _round(_setting: Setting, value: Value, precision: Value = Decimal(0)) -> Value:
    step = Decimal(1).scaleb(-_whole(precision, DECIMALS))
    match value:
        case Decimal():
            return number(exactly(lambda context: context.quantize(value, step)))
        case Money():
            return amount(exactly(lambda context: context.quantize(value.value, step)), value.currency)
    raise TextFailed(f"round takes a number, not {kind_of(value)}")


def _number(setting: Setting, value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return setting.write(value)
        case Money():
            return setting.wording.price(value.value, value.currency)
    raise TextFailed(f"number takes an amount, not {kind_of(value)}")


def _percent(setting: Setting, value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return setting.wording.percent(value)
    raise TextFailed(f"percent takes a fraction such as 0.19, not {kind_of(value)}")


def _date(setting: Setting, value: Value, form: Value = "medium") -> str:
    if value is None:
        return ""
    if not isinstance(value, date):
        raise TextFailed(f"date takes a date, not {kind_of(value)}")
    if form == "iso":
        return value.isoformat()
    if isinstance(form, str) and form in {"short", "medium", "long", "full"}:
        return setting.wording.date_as(value, form)
    raise TextFailed("date takes short, medium, long, full or iso")


FILTERS: Mapping[str, Filter] = {
    "abs": Filter("The number or amount without its sign.", _abs),
    "capitalize": Filter("The text with a capital letter first, the others small.", _changed(str.capitalize)),
    "d": Filter("The same as `default`.", _default),
    "date": Filter("The date as `short`, `medium` (the default), `long`, `full` or `iso`.", _date),
    "default": Filter("Another value in place of an empty one.", _default),
    "first": Filter("The first item of a list, the first character of a text.", _first),
    "join": Filter("One text of the items of a list, with a separator.", _join),
    "last": Filter("The last item of a list, the last character of a text.", _last),
    "length": Filter("How many items a list has, or characters a text.", _length),
    "lower": Filter("The text in small letters.", _changed(str.lower)),
    "map": Filter("One field of each item: `map('description')` or `map(attribute='description')`.", _map),
    "number": Filter("The amount without its currency.", _number),
    "percent": Filter("The fraction as percentage: 0.19 is 19%.", _percent),
    "replace": Filter("The text with one part replaced by another everywhere.", _replace),
    "round": Filter("The number or amount, rounded to so many decimals, halves away from zero.", _round),
    "sum": Filter("The sum of a list of numbers or amounts, or of a field: `sum(attribute='total')`.", _sum),
    "title": Filter("The text with a capital letter at the beginning of each word.", _changed(_title)),
    "trim": Filter("The text without white space around it.", _changed(str.strip)),
    "truncate": Filter("At most so many characters of the text, whole words, with an end such as `…`.", _truncate),
    "upper": Filter("The text in capital letters.", _changed(str.upper)),
}


def _even(_setting: Setting, value: Value) -> bool:
    return not _remainder(value, Decimal(2))


def _odd(_setting: Setting, value: Value) -> bool:
    return bool(_remainder(value, Decimal(2)))


def _divisible(_setting: Setting, value: Value, by: Value) -> bool:
    return not _remainder(value, by)


TESTS: Mapping[str, Filter] = {
    "defined": Filter("It is not empty.", lambda _setting, value: value is not None),
    "divisibleby": Filter("The number is divisible by another.", _divisible),
    "even": Filter("The number is even.", _even),
    "none": Filter("It is empty.", lambda _setting, value: value is None),
    "odd": Filter("The number is odd.", _odd),
}


def _remainder(value: Value, by: Value) -> Value:
    return ARITHMETIC["Mod"](value, by)


def _sequence(value: Value) -> str | tuple[Value, ...]:
    if isinstance(value, str | tuple):
        return value
    raise TextFailed(f"{kind_of(value)} has no items")


def _items(setting: Setting, value: Value) -> tuple[Value, ...]:
    if value is None:
        return ()
    if not isinstance(value, tuple):
        raise TextFailed(f"{kind_of(value)} is not a list")
    setting.budget.step(len(value))
    return value


def _field(item: Value, name: Value) -> Value:
    if isinstance(item, View) and isinstance(name, str):
        value = item.read(name)
        if isinstance(value, tuple):
            raise TextFailed(f"{name} is a list; use a field that is not one")
        return value
    raise TextFailed(f"{kind_of(item)} has no fields")


def _whole(value: Value, most: int) -> int:
    if isinstance(value, Decimal) and value == value.to_integral_value() and 0 <= value <= most:
        return int(value)
    raise TextFailed(f"this must be a whole number from 0 to {most:,}")
