"""The query of an audit of the numbering: a series, a period, and where to go on."""

import base64
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import orjson

from invoicing.api.parameters import read_parameters
from invoicing.api.query import ValueType
from invoicing.domain.numbering.audit import AssignedNumber, AuditPosition
from invoicing.operations.lists.query import invalid_query

_PERIOD = re.compile(r"[1-9]\d{0,4}(-(0[1-9]|1[0-2]))?")
_SERIES = re.compile(r"series_[A-Za-z0-9_]{1,64}")
_LONGEST = 400


def _period(value: str) -> str:
    if not _PERIOD.fullmatch(value):
        raise ValueError(value)
    return value


def _series(value: str) -> str:
    if not _SERIES.fullmatch(value):
        raise ValueError(value)
    return value


def _cursor(value: str) -> str:
    read_position(value)
    return value


AUDIT: Mapping[str, ValueType] = {
    "series_id": ValueType("the id of a number series", _series),
    "period": ValueType("a period such as 2026 or 2026-04", _period),
    "cursor": ValueType("the cursor of links.next", _cursor),
}
"""The query parameters of an audit."""


class AuditQuery(NamedTuple):
    """What to audit, None for all, and after which number."""

    series_id: str | None
    period: str | None
    after: AuditPosition | None


def audit_query(query_string: str) -> AuditQuery:
    """Read the query; `InvalidRequest` as `read_parameters`, and for a cursor of another series or period."""
    given = read_parameters(query_string, AUDIT)
    asked = AuditQuery(
        given.get("series_id"),
        given.get("period"),
        read_position(given["cursor"]) if "cursor" in given else None,
    )
    last = asked.after.last if asked.after else None
    if last and (asked.series_id not in {None, last.series} or asked.period not in {None, last.period}):
        message = "cursor does not belong to this series and period; follow the links of the first response."
        raise invalid_query("cursor", message, given["cursor"][:100])
    return asked


def write_position(position: AuditPosition | None) -> str | None:
    """Write a position as a cursor, None for none."""
    if position is None:
        return None
    last, latest = position
    values: list[Any] = [last.number] if last.series is None else [last.series, last.period, last.value]
    if latest is not None:
        values += [latest.number, latest.issue_date]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_position(cursor: str) -> AuditPosition:
    """Read a cursor; `ValueError` for one that `write_position` has not written."""
    if len(cursor) > _LONGEST:
        raise ValueError(cursor)
    values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    match values:
        case [str(number)] if number.isprintable():
            return AuditPosition(AssignedNumber(None, None, 0, number, None), None)
        case [str(series), str(period), int(value), *latest] if value > 0:
            last = AssignedNumber(_series(series), period and _period(period), value, "", None)
            match latest:
                case []:
                    return AuditPosition(last, None)
                case [str(number), str(on)]:
                    return AuditPosition(last, last._replace(number=number, issue_date=date.fromisoformat(on)))
    raise ValueError(cursor)
