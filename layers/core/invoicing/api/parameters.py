"""Query parameters of operations that are no lists: few, each with a kind, and nothing else is taken."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from invoicing.api.query import DATE, ValueType
from invoicing.domain.errors import Detail
from invoicing.operations.lists.query import invalid_parameters

_LONGEST = 100


def read_parameters(query_string: str, known: Mapping[str, ValueType]) -> dict[str, str]:
    """The parameters that were given; `InvalidRequest` ``INVALID_QUERY`` names all that are wrong."""
    values: dict[str, str] = {}
    details: list[Detail] = []
    for name, value in parse_qsl(query_string, keep_blank_values=True, errors="surrogateescape"):
        shown = value if len(value) <= _LONGEST and value.isprintable() else None
        if name not in known:
            plain = (name if name.isprintable() else ascii(name)[1:-1])[:_LONGEST]
            details.append(Detail(plain, f"{plain} is not a known parameter.", "PARAMETER_UNKNOWN", shown))
        elif name in values:
            details.append(Detail(name, f"{name} must be given only once.", "PARAMETER_REPEATED", shown))
        else:
            values[name] = value
            details += _wrong(name, value, known[name], shown)
    if details:
        raise invalid_parameters(details)
    return values


def _wrong(name: str, value: str, kind: ValueType, shown: str | None) -> list[Detail]:
    try:
        kind.read(value)
    except ValueError:
        code = "DATE_INVALID" if kind is DATE else "VALUE_INVALID"
        return [Detail(name, f"{name} must be {kind.wording}.", code, shown)]
    return []
