"""Writes the words that stand for units of measure, and the page about them; with --check it only compares.

The words are the names of units in Unicode CLDR, as Babel has them, in all languages of documents, our own names of
pieces and packages, and the words and signs below that invoices commonly have.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal

import tools.openapi  # isort: skip  # noqa: F401 - makes the packages importable
from babel.core import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.invoices.units import plain_word
from invoicing_documents.units import CIVIL_DAYS, CLDR_UNITS, OWN_UNITS, lengths_of, quantity_in_units
from invoicing_documents.wording import languages, wording_for
from tools.openapi import ROOT

WORDS = ROOT / "layers" / "core" / "invoicing" / "domain" / "invoices" / "unit_words.py"
PAGE = ROOT / "docs" / "reference" / "units.md"

COMMON: dict[str, str] = {
    "C62": "one|unit|units|einheit|einheiten|unité|unités|unidad|unidades|unità|unidade|eenheid|eenheden",
    "E48": "service unit|service units",
    "H87": "piece|pieces|pc|pcs|pce|item|items|stk|stck|stück|pièce|pièces|pieza|piezas|pezzo|pezzi|stuk|stuks|ud|st",
    "EA": "each|ea",
    "SET": "set|sets|satz|sätze",
    "PR": "pair|pairs|paar",
    "XBX": "box|boxes|schachtel|schachteln",
    "XPK": "pack|packs|package|packages|packung|packungen",
    "LS": "lump sum|lumpsum|lump|flat rate|flat fee|fixed price|pauschal|pauschale|psch|forfait",
    "SEC": "s|sec|secs",
    "MIN": "min|mins",
    "HUR": "h|hr|hrs|std|stdn|saat",
    "DAY": "d",
    "WEE": "wk|wks",
    "MON": "mos|mth|mths",
    "ANN": "yr|yrs",
    "GRM": "g|gr",
    "KGM": "kg|kgs|kilo|kilos",
    "TNE": "tonne|tonnes|metric ton|metric tons",
    "LBR": "lb|lbs",
    "ONZ": "oz",
    "MTR": "m|mtr|metre|metres",
    "KMT": "km|kilometre|kilometres",
    "CMT": "cm|centimetre|centimetres",
    "MMT": "mm|millimetre|millimetres",
    "FOT": "ft",
    "INH": "in",
    "MTK": "m2|sqm|sq m|qm|square metre|square metres",
    "FTK": "ft2|sqft|sq ft",
    "MTQ": "m3|cbm|cu m|cubic metre|cubic metres",
    "FTQ": "ft3|cu ft",
    "LTR": "l|ltr|litre|litres",
    "MLT": "ml",
    "KWT": "kw",
    "KWH": "kwh",
    "4L": "mb",
    "E34": "gb",
    "E35": "tb",
    "P1": "%|percent|per cent",
}
"""Words and signs that stand for a unit whatever else they are in some language."""

UNCLEAR = frozenset((
    "any", "colis", "cut", "dies", "dozen", "jam", "ka", "mo", "pao", "para", "per", "peu", "posto", "r", "sat", "sk",
    "t", "time", "toll", "tone", "ur", "uri",
))  # fmt: skip
"""Words that are a unit in one language and another thing in a more common one, such as "dozen", which is Dutch for
boxes, "colis", a Lithuanian inch, and French megabytes, "mo"."""

_NUMBERS = tuple(map(Decimal, ("1", "2", "3", "5", "11", "20", "100", "1.5")))
"""Numbers of all plural forms in our languages."""

HEAD = '''"""The words that stand for a unit of measure, by its code, in the form of `units.plain_word`.

Written by `python -m tools.units` from Unicode CLDR and our own names: do not edit.
"""

# fmt: off
UNIT_WORDS = {
'''


def words_by_code() -> dict[str, list[str]]:
    """Return the words of each code; one that names different units in two languages names none."""
    found: dict[str, set[str]] = {}
    for code, word in (*_cldr_words(languages()), *_own_words()):
        found.setdefault(word, set()).add(code)
    clear = {word: min(codes) for word, codes in found.items() if len(codes) == 1 and word not in UNCLEAR}
    common = {word: code for code, words in COMMON.items() for word in words.split("|")}
    every = clear | common
    return {code: sorted(word for word, other in every.items() if other == code) for code in (*COMMON, *CLDR_UNITS)}


def _cldr_words(tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    for tag in tags:
        names = Locale.parse(tag.replace("-", "_"))
        for code, kind in CLDR_UNITS.items():
            for number in _NUMBERS:
                for length in lengths_of(kind):
                    text = format_unit(number, kind, length, locale=names)
                    word = plain_word(text.replace(format_decimal(number, locale=names), ""))
                    if kind not in text and word:
                        yield code, word


def _own_words() -> Iterator[tuple[str, str]]:
    """Yield our own names; "set(s)" is two words, and so is "paio/paia"."""
    codes = {name: code for code, name in OWN_UNITS.items() if code != "EA"}
    names = [(code, wording_for(tag)[name]) for tag in languages() for name, code in codes.items()]
    for code, name in (*names, *(("DAY", name) for name in CIVIL_DAYS.values())):
        for form in name.split("/"):
            stem, _, ending = form.rstrip(")").partition("(")
            yield from ((code, plain_word(word)) for word in {stem, stem + ending})


def module() -> str:
    """Return the module of words."""
    lines: list[str] = []
    for code, words in words_by_code().items():
        parts = re.findall(r".{1,105}(?:\||$)", "|".join(words))
        lines.append(f'    "{code}": (\n' + "\n".join(f'        "{part}"' for part in parts) + "),")
    return HEAD + "\n".join(lines) + "\n}\n"


def page(text: str) -> str:
    """Return the page with its table; what stands around it is written by hand."""
    english = {*_cldr_words(("en",))}
    rows = []
    for code, words in words_by_code().items():
        common = COMMON.get(code, "").split("|")
        shown = sorted({word for word in words if word in common or (code, word) in english})
        printed = quantity_in_units(Decimal(3), None, LineParticulars(unit_code=code), wording_for("en"))
        rows.append(f"| `{code}` | {printed.replace('\N{NO-BREAK SPACE}', ' ')} | {', '.join(shown)} |")
    table = "| Code | Three are printed as | Words |\n|---|---|---|\n" + "\n".join(rows)
    return re.sub(r"(?s)\| Code \|.*?\|(?=\n\n)", lambda _: table, text, count=1)


def main() -> int:
    """Write both files, or with --check exit 1 when one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    check = parser.parse_args().check
    stale = False
    for file, text in ((WORDS, module()), (PAGE, page(PAGE.read_text(encoding="utf-8")))):
        if file.read_text(encoding="utf-8") == text:
            continue
        if check:
            stale = True
        else:
            file.write_text(text, encoding="utf-8")
        print(f"{file.relative_to(ROOT)} {'is stale' if check else 'written'}")
    return stale


if __name__ == "__main__":
    sys.exit(main())
