"""Names of units of measure (UN/ECE Recommendation 20) in the language of a document.

Times have the long names of CLDR and all others its short ones, as people write them: "3 hours", "5 kg". Pieces and
packages have no name in CLDR, and words of our own.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Literal

from babel.core import Locale

from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import NO_BREAK_SPACE, Wording

Length = Literal["short", "long", "narrow"]

MOST_KEPT = 1024
"""The most quantities whose units are kept in memory."""

_SHORT_UNIT = 8
_MANY = Decimal(100)

CLDR_UNITS: Mapping[str, str] = {
    "SEC": "duration-second",
    "MIN": "duration-minute",
    "HUR": "duration-hour",
    "DAY": "duration-day",
    "WEE": "duration-week",
    "MON": "duration-month",
    "QAN": "duration-quarter",
    "ANN": "duration-year",
    "GRM": "mass-gram",
    "KGM": "mass-kilogram",
    "TNE": "mass-tonne",
    "LBR": "mass-pound",
    "ONZ": "mass-ounce",
    "MMT": "length-millimeter",
    "CMT": "length-centimeter",
    "MTR": "length-meter",
    "KMT": "length-kilometer",
    "INH": "length-inch",
    "FOT": "length-foot",
    "YRD": "length-yard",
    "SMI": "length-mile",
    "CMK": "area-square-centimeter",
    "MTK": "area-square-meter",
    "FTK": "area-square-foot",
    "MLT": "volume-milliliter",
    "LTR": "volume-liter",
    "MTQ": "volume-cubic-meter",
    "FTQ": "volume-cubic-foot",
    "GLL": "volume-gallon",
    "KWT": "power-kilowatt",
    "KWH": "energy-kilowatt-hour",
    "4L": "digital-megabyte",
    "E34": "digital-gigabyte",
    "E35": "digital-terabyte",
    "P1": "concentr-percent",
}
"""The unit of CLDR that a code stands for."""

OWN_UNITS: Mapping[str, str] = {
    "H87": "unit_piece",
    "EA": "unit_piece",
    "SET": "unit_set",
    "PR": "unit_pair",
    "XBX": "unit_box",
    "XPK": "unit_package",
    "LS": "unit_lump_sum",
}
"""The text that names a code, in a form that goes with every number."""

CIVIL_DAYS: Mapping[str, str] = {"no": "dag(er)", "sv": "dag(ar)"}
"""Names of days in languages in which CLDR names a time of 24 hours."""

COUNTS = frozenset({"C62", "E48"})
"""Codes of plain counts, "one" and "service unit": nobody writes them out."""


def quantity_in_units(
    quantity: Decimal, unit: str | None, particulars: LineParticulars | None, wording: Wording
) -> str:
    """Write a quantity with its unit: in the client's words, else by the name of the given code.

    A code without a name that we know stands for itself.
    """
    number = wording.quantity(quantity)
    code = particulars.unit_code if particulars else None
    if unit or code is None:
        return with_unit(number, one_line(unit or ""))
    if code == "DAY" and wording.language in CIVIL_DAYS:
        return with_unit(number, CIVIL_DAYS[wording.language])
    if code in CLDR_UNITS:
        return _around(abs(quantity), code, wording.names).replace("{}", number)
    name = "" if code in COUNTS else wording[OWN_UNITS[code]] if code in OWN_UNITS else code
    return with_unit(number, name)


def with_unit(quantity: str, unit: str) -> str:
    """Append a unit: a short one stays on the line of its number, a long one may wrap."""
    separator = NO_BREAK_SPACE if len(unit) <= _SHORT_UNIT else " "
    return f"{quantity}{separator}{unit}" if unit else quantity


@lru_cache(maxsize=MOST_KEPT)
def _around(quantity: Decimal, code: str, names: Locale) -> str:
    """Return what CLDR writes around a number: "{} hours", "{} hour" for 1."""
    # Few lines have a code, and these take 20 ms.
    from babel.numbers import format_decimal  # noqa: PLC0415
    from babel.units import format_unit  # noqa: PLC0415

    kind = CLDR_UNITS[code]
    # Some languages have a word for one or two of a unit, without the number, which a document must show.
    for length, number in product(lengths_of(kind), (quantity, _MANY)):
        digits = format_decimal(number, locale=names)
        text = format_unit(number, kind, length, locale=names)
        if digits in text and kind not in text:  # which Babel writes where a language has no such form
            around = text.replace(digits, "{}", 1)
            return around.replace(" ", NO_BREAK_SPACE) if len(around) <= _SHORT_UNIT + len("{} ") else around
    raise LookupError(f"CLDR has no name for {kind} in {names}")


def lengths_of(kind: str) -> tuple[Length, Length]:
    """Return the lengths of a unit's names, the better one first."""
    return ("long", "short") if kind.startswith("duration") else ("short", "long")
