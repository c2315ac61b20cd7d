"""JSON whose numbers are exact: decimals are read and written digit by digit, never through a binary float."""

import json
from decimal import Decimal
from typing import Any, NoReturn

import orjson


def dumps(value: Any) -> bytes:
    """JSON of dicts, lists, dataclasses, dates and exact decimals: ``Decimal("1500.00")`` is ``1500.00``."""
    return orjson.dumps(value, default=_as_number, option=orjson.OPT_UTC_Z)


def loads(text: bytes | str) -> Any:
    """The value of a JSON text, fractions as `Decimal`; `ValueError` when it is not JSON (RFC 8259)."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _as_number(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
