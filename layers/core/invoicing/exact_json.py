"""JSON whose numbers are exact: decimals are read and written digit by digit, never through a binary float."""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, NoReturn

import orjson


class _Digits:
    """Says that a fragment of JSON is a number to pydantic, which tools/openapi.py asks for the schemas of answers."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415

        return core_schema.decimal_schema()


Number = Annotated[orjson.Fragment, _Digits()]
"""A number of an answer, already written: a tenth of the work of a `Decimal`."""


number: Callable[[str], Number] = orjson.Fragment
"""The number with these digits."""


def decimal(value: Decimal) -> Number:
    """An exact decimal digit by digit; one that would be hopelessly long that way keeps its exponent."""
    digits = str(value)
    return orjson.Fragment(format(value, "f") if "E" in digits and abs(value.adjusted()) < 100 else digits)


def dumps(value: Any) -> bytes:
    """JSON of dicts, lists, dataclasses, dates and exact decimals: ``Decimal("1500.00")`` is ``1500.00``."""
    return orjson.dumps(value, default=_as_number, option=orjson.OPT_UTC_Z)


def loads(text: bytes | str) -> Any:
    """The value of a JSON text, fractions as `Decimal`; `ValueError` when it is not JSON (RFC 8259)."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except InvalidOperation as error:
        raise ValueError("a number has too large an exponent") from error


def _as_number(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return decimal(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
