"""JSON whose numbers are exact: decimals are read and written digit by digit, never through a binary float."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import repeat
from typing import Annotated, Any, NoReturn

import orjson

MOST_DIGITS = 1_000
"""Of an integer: Python reads up to 4,300, in a time that grows with their square."""

MOST_SHOWN = 100
"""Characters of a member's name that an error repeats."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class SchemaOf:
    """Says what a fragment of JSON is to pydantic, which tools/openapi.py asks for the schemas of answers."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, _source: Any, handler: Any) -> Any:
        return handler.generate_schema(self.kind)


Number = Annotated[orjson.Fragment, SchemaOf(Decimal)]
"""A number of an answer, already written: a tenth of the work of a `Decimal`."""


number: Callable[[str], Number] = orjson.Fragment
"""The number with these digits."""


def decimal(value: Decimal) -> Number:
    """An exact decimal digit by digit; one that would be hopelessly long that way keeps its exponent."""
    return orjson.Fragment(_digits(value))


def digits_of(column: Sequence[Decimal]) -> list[str]:
    """What `decimal` writes of each, in less time than one by one."""
    digits = list(map(str, column))
    return list(map(_digits, column)) if "E" in "".join(digits) else digits


def texts(column: Sequence[str | None]) -> list[str]:
    """The JSON of each text, quoted by orjson in one step."""
    if column.count(None) == len(column):
        return ["null"] * len(column)
    lines = orjson.dumps(column, option=orjson.OPT_INDENT_2).decode()
    # Each is on a line of its own, and no JSON has a line break within quotes.
    return lines[len("[\n  ") : -len("\n]")].split(",\n  ")


def objects(columns: Mapping[str, Sequence[str] | str]) -> list[orjson.Fragment]:
    """Objects with these members, whose values are JSON already, by column; a text is the value in all of them."""
    parts: list[Iterable[str]] = []
    count, same = 0, "{"
    for name, column in columns.items():
        same += f'{"" if same == "{" and not parts else ","}"{name}":'
        if isinstance(column, str):
            same += column
            continue
        count = len(column)
        parts += [repeat(same, count), column]
        same = ""
    return list(map(orjson.Fragment, map("".join, zip(*parts, repeat(same + "}", count), strict=True))))


def dumps(value: Any) -> bytes:
    """JSON of dicts, lists, dataclasses, dates and exact decimals: ``Decimal("1500.00")`` is ``1500.00``."""
    return orjson.dumps(value, default=_as_number, option=orjson.OPT_UTC_Z)


def loads(text: bytes | str) -> Any:
    """The value of a JSON text, fractions as `Decimal`; `ValueError` says why it is not JSON (RFC 8259, in UTF-8).

    Two things are refused as in I-JSON (RFC 7493): a name that occurs twice in an object, of which one would be lost
    without a word, and half a surrogate pair, which is no character, and which no answer could repeat.
    """
    try:
        decoded = text if isinstance(text, str) else text.decode("utf-8-sig")
        value = json.loads(
            decoded,
            parse_float=_Decimals().__getitem__,
            parse_int=_integer,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
        if _SURROGATE.search(decoded):
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"syntax error at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except InvalidOperation as error:
        raise ValueError("a number has too large an exponent") from error
    except UnicodeEncodeError as error:
        raise ValueError("a text has half a surrogate pair") from error
    return value


def _digits(value: Decimal) -> str:
    digits = str(value)
    return format(value, "f") if "E" in digits and abs(value.adjusted()) < 100 else digits


class _Decimals(dict[str, Decimal]):
    """The decimals of one text by their digits: quantities, prices and tax rates repeat in long invoices."""

    def __missing__(self, digits: str) -> Decimal:
        value = self[digits] = Decimal(digits)
        return value


def _as_number(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return decimal(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(members)
    if len(value) < len(members):
        repeated = next(name for name, count in Counter(name for name, _ in members).items() if count > 1)
        shown = json.dumps(repeated[:MOST_SHOWN], ensure_ascii=not repeated.isprintable())
        raise ValueError(f"the member {shown} occurs more than once in an object")
    return value
