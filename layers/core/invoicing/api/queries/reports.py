"""The query parameters of reports."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast, get_args

from invoicing.api.query import CURRENCY, DATE, YES_OR_NO, ValueType, one_of, whole_number
from invoicing.domain.exports.writing import DecimalSign, Delimiter, Writing
from invoicing.domain.reports.periods import Interval
from invoicing.domain.reports.taxes import Basis
from invoicing.operations.lists.query import invalid_query
from invoicing.operations.reports._asked import ReportQuery


class ReportFormat(NamedTuple):
    """The format of a report, and how a table is written."""

    name: str
    writing: Writing


def _delimiter(value: str) -> str:
    if value not in _DELIMITERS:
        raise ValueError(value)
    return value


_DELIMITERS = get_args(Delimiter)
_OF_CSV: Mapping[str, ValueType] = {
    "bom": YES_OR_NO,
    "delimiter": ValueType("a comma, a semicolon or a tab", _delimiter, {"type": "string", "enum": [*_DELIMITERS]}),
    "decimal": one_of(*get_args(DecimalSign)),
}
_FORMAT: Mapping[str, ValueType] = {"format": one_of("json", "csv", "xlsx"), **_OF_CSV}
_FORMAT_OR_CHART: Mapping[str, ValueType] = {"format": one_of("json", "csv", "xlsx", "svg"), **_OF_CSV}
_USUAL_CUSTOMERS, _MOST_CUSTOMERS = 10, 100  # whose names are read in one request

PERIOD: Mapping[str, ValueType] = {"start_date": DATE, "end_date": DATE, "currency": CURRENCY, **_FORMAT}
TAX: Mapping[str, ValueType] = {**PERIOD, "basis": one_of(*get_args(Basis))}
REVENUE: Mapping[str, ValueType] = {**PERIOD, **_FORMAT_OR_CHART, "interval": one_of(*get_args(Interval))}
CUSTOMERS: Mapping[str, ValueType] = {**PERIOD, "limit": whole_number(1, _MOST_CUSTOMERS, default=_USUAL_CUSTOMERS)}
AGING: Mapping[str, ValueType] = {"as_of": DATE, "currency": CURRENCY, **_FORMAT_OR_CHART}
FORECAST: Mapping[str, ValueType] = {**PERIOD, **_FORMAT_OR_CHART}


def period_of(given: Mapping[str, str]) -> ReportQuery:
    """Return the period and currency that are asked for."""
    return ReportQuery(
        start=date_of(given, "start_date"), end=date_of(given, "end_date"), currency=given.get("currency")
    )


def date_of(given: Mapping[str, str], name: str) -> date | None:
    """Return a date that is asked for."""
    return date.fromisoformat(given[name]) if name in given else None


def interval_of(given: Mapping[str, str]) -> Interval:
    """Return the interval, a month by default."""
    return cast("Interval", given.get("interval", "month"))


def basis_of(given: Mapping[str, str]) -> Basis:
    """Return the basis of tax, accrual by default."""
    return cast("Basis", given.get("basis", "accrual"))


def limit_of(given: Mapping[str, str]) -> int:
    """Return how many customers are asked for."""
    return int(given.get("limit", _USUAL_CUSTOMERS))


def format_of(given: Mapping[str, str]) -> ReportFormat:
    """Return the format, JSON by default. `InvalidRequest` ``INVALID_QUERY`` for options of CSV with another one."""
    name = given.get("format", "json")
    for option in _OF_CSV.keys() & given.keys():
        if name != "csv":
            raise invalid_query(
                option, f"{option} applies to CSV only: leave it out, or add format=csv.", given[option]
            )
    writing = Writing(
        bom=given.get("bom") == "true",
        delimiter=cast("Delimiter", given.get("delimiter", ",")),
        decimal=cast("DecimalSign", given.get("decimal", ".")),
    )
    return ReportFormat(name, writing)
