"""What the cells of CSV say: dates, numbers and texts, as the import says they are written; nothing is guessed."""

import re
from datetime import date
from typing import Literal

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.data_import import Reading

Kind = Literal["text", "number", "date", "boolean"]

_DATES = {
    "YYYY-MM-DD": r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    "YYYYMMDD": r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    "DD.MM.YYYY": r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    "DD/MM/YYYY": r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
    "DD-MM-YYYY": r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})",
    "MM/DD/YYYY": r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
}
_PATTERNS = {name: re.compile(pattern, re.ASCII) for name, pattern in _DATES.items()}
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_COMMA_NUMBER = re.compile(r"-?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?", re.ASCII)
"""With points between thousands, which never begin with 0: 0.500 has a decimal point."""
_GUARDED = tuple("=+-@\t\r\n＝＋－＠")
_BOOLEANS = {"true": True, "false": False}


def value_of(cell: str, kind: Kind, field: str, reading: Reading) -> str | bool | None:
    """Return what a cell says, None where it is empty: dates in ISO 8601, numbers with a point.

    `ValidationFailed` ``DATE_INVALID``, ``AMOUNT_INVALID``, ``VALUE_INVALID``.
    """
    cell = unguarded(cell)
    if not cell.strip():
        return None
    match kind:
        case "date":
            return _date(cell.strip(), field, reading)
        case "number":
            return _number(cell.strip(), field, reading)
        case "boolean":
            return _boolean(cell.strip(), field)
        case _:
            return cell


def unguarded(cell: str) -> str:
    """Take off the apostrophe that exports put before what a spreadsheet would run as a formula."""
    is_guarded = cell.startswith("'") and cell.lstrip("'").lstrip(" ").startswith(_GUARDED)
    return cell[1:] if is_guarded else cell


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with either decimal sign."""
    return any(form.fullmatch(cell.strip()) for form in (_NUMBER, _COMMA_NUMBER))


def _date(cell: str, field: str, reading: Reading) -> str:
    found = _PATTERNS[reading.date_format].fullmatch(cell)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        pass
    example = "2017-01-09" if reading.date_format == "YYYY-MM-DD" else f"like {reading.date_format}"
    message = f"{field} must be a date: write {example}, or set date_format."
    raise ValidationFailed(Detail(field, message, "DATE_INVALID", cell[:100]))


def _number(cell: str, field: str, reading: Reading) -> str:
    is_number = (_COMMA_NUMBER if reading.decimal == "," else _NUMBER).fullmatch(cell)
    if not is_number:
        example = "1.234,56 or 1234,56" if reading.decimal == "," else '1234.56, or set decimal to ","'
        raise ValidationFailed(
            Detail(field, f"{field} must be a number: write {example}.", "AMOUNT_INVALID", cell[:100])
        )
    if reading.decimal == ",":
        cell = cell.replace(".", "").replace(",", ".")
    sign, digits = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
    whole, point, rest = digits.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{rest}"


def _boolean(cell: str, field: str) -> bool:
    if cell.lower() not in _BOOLEANS:
        raise ValidationFailed(Detail(field, f"{field} must be true or false.", "TYPE_INVALID", cell[:100]))
    return _BOOLEANS[cell.lower()]
