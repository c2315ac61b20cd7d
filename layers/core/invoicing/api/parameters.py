"""Query parameters of operations that are no lists: few, each with a kind, and nothing else is taken."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl

from invoicing.api.query import CURRENCY, DATE, Kind
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.get_customer_statement import Period

STATEMENT: Mapping[str, Kind] = {"start_date": DATE, "end_date": DATE, "currency": CURRENCY}
"""What a statement may be asked for by."""

_LONGEST = 100


def read_parameters(query_string: str, known: Mapping[str, Kind]) -> dict[str, str]:
    """The parameters that were given; `InvalidRequest` ``INVALID_QUERY`` names all that are wrong."""
    values: dict[str, str] = {}
    details: list[Detail] = []
    for name, value in parse_qsl(query_string, keep_blank_values=True, errors="surrogateescape"):
        shown = value if len(value) <= _LONGEST and value.isprintable() else None
        if name not in known:
            plain = name if name.isprintable() else ascii(name)[1:-1]
            details.append(Detail(plain[:_LONGEST], "There is no such parameter.", "PARAMETER_UNKNOWN", shown))
        elif name in values:
            details.append(Detail(name, "Give this parameter once.", "PARAMETER_REPEATED", shown))
        else:
            values[name] = value
            details += _wrong(name, value, known[name], shown)
    if details:
        raise InvalidRequest("INVALID_QUERY", "The query is not valid.", tuple(details))
    return values


def period_of(query_string: str) -> Period:
    """The period that a query asks for; `InvalidRequest` as `read_parameters`."""
    given = read_parameters(query_string, STATEMENT)
    start, end = (date.fromisoformat(given[name]) if name in given else None for name in ("start_date", "end_date"))
    return Period(start=start, end=end, currency=given.get("currency"))


def _wrong(name: str, value: str, kind: Kind, shown: str | None) -> list[Detail]:
    try:
        kind.read(value)
    except ValueError:
        code = "DATE_INVALID" if kind is DATE else "VALUE_INVALID"
        return [Detail(name, f"Give {kind.wording}.", code, shown)]
    return []
