"""Units of measure: the code of UN/ECE Recommendation 20 that a client's word for a unit stands for."""

import re
import unicodedata
from functools import cache

from invoicing.domain.invoices.line_particulars import LineParticulars

_MARKS = re.compile("[\u200e\u200f\u061c]")


def unit_code_of(unit: str | None, particulars: LineParticulars | None) -> str | None:
    """Return the code of a line's unit: as it was given, else that of its word, None where that is no common one."""
    if particulars and particulars.unit_code:
        return particulars.unit_code
    return None if unit is None else _codes().get(plain_word(unit))


def plain_word(unit: str) -> str:
    """Return a word in the form in which words are compared: "Std.", "std" and "STD" are one, and so are m² and m2."""
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", unit)).casefold().split()).removesuffix(".")


@cache
def _codes() -> dict[str, str]:
    # A long table, which only lines with a unit need.
    from invoicing.domain.invoices.unit_words import UNIT_WORDS  # noqa: PLC0415

    return {word: code for code, words in UNIT_WORDS.items() for word in words.split("|")}
