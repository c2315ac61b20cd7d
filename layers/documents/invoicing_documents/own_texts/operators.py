"""The operators of texts, on their values; everything else is refused."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from invoicing_documents.own_texts.budget import DividedByZero, TextFailed
from invoicing_documents.own_texts.values import Money, Value, amount, exactly, kind_of, number


def _add(left: Value, right: Value) -> Value:
    match left, right:
        case str(), str():
            return left + right
        case date(), Decimal():
            return _days_later(left, right)
    return _calculated("+", left, right, lambda a, b: exactly(lambda context: context.add(a, b)))


def _subtract(left: Value, right: Value) -> Value:
    match left, right:
        case date(), date():
            return Decimal((left - right).days)
        case date(), Decimal():
            return _days_later(left, -right)
    return _calculated("-", left, right, lambda a, b: exactly(lambda context: context.subtract(a, b)))


def _multiply(left: Value, right: Value) -> Value:
    if isinstance(left, Money) and isinstance(right, Money):
        raise _impossible("*", left, right)
    return _calculated("*", left, right, lambda a, b: exactly(lambda context: context.multiply(a, b)))


def _divide(left: Value, right: Value) -> Value:
    if isinstance(left, Money) and isinstance(right, Money) and left.currency == right.currency:
        return number(_quotient(left.value, right.value))
    if isinstance(right, Money):
        raise _impossible("/", left, right)
    return _calculated("/", left, right, _quotient)


def _divide_whole(left: Value, right: Value) -> Value:
    match left, right:
        case Decimal(), Decimal():
            return number(_floor(left, right))
    raise _impossible("//", left, right)


def _remainder(left: Value, right: Value) -> Value:
    match left, right:
        case Decimal(), Decimal():
            whole = _floor(left, right)
            return number(exactly(lambda context: context.subtract(left, context.multiply(right, whole))))
    raise _impossible("%", left, right)


ARITHMETIC: Mapping[str, Callable[[Value, Value], Value]] = {
    "Add": _add,
    "Sub": _subtract,
    "Mul": _multiply,
    "Div": _divide,
    "FloorDiv": _divide_whole,
    "Mod": _remainder,
}
"""By the name of Jinja2's node."""


def negative(value: Value) -> Value:
    """Return a number or amount with the other sign."""
    match value:
        case Decimal():
            return -value
        case Money():
            return Money(-value.value, value.currency)
    raise TextFailed(f"{kind_of(value)} has no sign")


def equal(left: Value, right: Value) -> bool:
    """Whether two values are equal; an amount equals the number of its major units."""
    match left, right:
        case Money(), Decimal():
            return left.value == right
        case Decimal(), Money():
            return left == right.value
    return type(left) is type(right) and left == right


def less(left: Value, right: Value) -> bool:
    """Whether one value is less than another; what is empty is neither less nor more."""
    match left, right:
        case (None, _) | (_, None):
            return False
        case str(), str():
            return left < right
        case date(), date():
            return left < right
        case (Decimal() | Money(), Decimal() | Money()):
            return _digits(left) < _digits(right)
    raise TextFailed(f"{kind_of(left)} and {kind_of(right)} cannot be compared")


def contains(container: Value, item: Value) -> bool:
    """Whether a list has an item, or a text a part."""
    match container, item:
        case None, _:
            return False
        case str(), str():
            return item in container
        case tuple(), _:
            return any(equal(each, item) for each in container)
    raise TextFailed(f"{kind_of(container)} does not contain {kind_of(item)}")


COMPARISONS: Mapping[str, Callable[[Value, Value], bool]] = {
    "eq": equal,
    "ne": lambda left, right: not equal(left, right),
    "lt": less,
    "gt": lambda left, right: less(right, left),
    "lteq": lambda left, right: less(left, right) or equal(left, right),
    "gteq": lambda left, right: less(right, left) or equal(left, right),
    "in": lambda left, right: contains(right, left),
    "notin": lambda left, right: not contains(right, left),
}
"""By the name of Jinja2's operator."""


def _calculated(sign: str, left: Value, right: Value, calculate: Callable[[Decimal, Decimal], Decimal]) -> Value:
    """Calculate with numbers, or with an amount; then the result is one, too."""
    match left, right:
        case Decimal(), Decimal():
            return number(calculate(left, right))
        case Money(), Money() if left.currency == right.currency:
            return amount(calculate(left.value, right.value), left.currency)
        case Money(), Decimal():
            return amount(calculate(left.value, right), left.currency)
        case Decimal(), Money():
            return amount(calculate(left, right.value), right.currency)
    raise _impossible(sign, left, right)


def _quotient(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise DividedByZero("a number is divided by 0")
    return exactly(lambda context: context.divide(left, right))


def _floor(left: Decimal, right: Decimal) -> Decimal:
    return _quotient(left, right).to_integral_value(ROUND_FLOOR)


def _days_later(day: date, days: Decimal) -> date:
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        raise TextFailed("the date is out of range") from None


def _digits(value: Decimal | Money) -> Decimal:
    return value.value if isinstance(value, Money) else value


def _impossible(sign: str, left: Value, right: Value) -> TextFailed:
    return TextFailed(f"{kind_of(left)} {sign} {kind_of(right)} cannot be calculated")
