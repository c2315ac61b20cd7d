"""The query of an audit of the numbering: a period, and where to go on."""

import base64
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from invoicing.api.parameters import read_parameters
from invoicing.api.query import ValueType
from invoicing.domain.numbering.audit import AssignedNumber, AuditPosition

_PERIOD = re.compile(r"[1-9]\d{3}(-(0[1-9]|1[0-2]))?")


def _period(value: str) -> str:
    if not _PERIOD.fullmatch(value):
        raise ValueError(value)
    return value


def _cursor(value: str) -> str:
    read_position(value)
    return value


PERIOD = ValueType("a period such as 2026 or 2026-04", _period)
AUDIT: Mapping[str, ValueType] = {"period": PERIOD, "cursor": ValueType("the cursor of links.next", _cursor)}
"""The query parameters of an audit."""


def audit_query(query_string: str) -> tuple[str | None, AuditPosition | None]:
    """Read period and position; `InvalidRequest` as `read_parameters`."""
    given = read_parameters(query_string, AUDIT)
    return given.get("period"), read_position(given["cursor"]) if "cursor" in given else None


def write_position(position: AuditPosition | None) -> str | None:
    """Write a position as a cursor, None for none."""
    if position is None:
        return None
    last, latest = position
    values: list[Any] = [last.number] if last.period is None else [last.period, last.series, last.value]
    if latest is not None:
        values += [latest.number, latest.issue_date]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_position(cursor: str) -> AuditPosition:
    """Read a cursor; `ValueError` for one that `write_position` has not written."""
    values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    match values:
        case [str(number)] if number.isprintable():
            return AuditPosition(AssignedNumber(None, "invoice", 0, number, None), None)
        case [str(period), ("invoice" | "credit_note") as series, int(value), *latest] if value > 0:
            last = AssignedNumber(period and _period(period), series, value, "", None)
            match latest:
                case []:
                    return AuditPosition(last, None)
                case [str(number), str(on)]:
                    return AuditPosition(last, last._replace(number=number, issue_date=date.fromisoformat(on)))
    raise ValueError(cursor)
