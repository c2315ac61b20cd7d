"""Direction of text: which languages run from right to left, and fields that keep their own order inside them.

Without isolates (UAX #9) a right-to-left line moves the sign of "-1,234.50" and the parts of "+49 30 1234567".
"""

import re

from babel import Locale

_OVERRIDES = re.compile("[\u202a-\u202e]")
_OPENING = "\u2066\u2067\u2068"
_CLOSING = "\N{POP DIRECTIONAL ISOLATE}"


def is_right_to_left(language: str) -> bool:
    """Whether a language that documents are written in, as a BCP 47 tag, runs from right to left (CLDR)."""
    return Locale.parse(language, sep="-").text_direction == "rtl"


def isolate(text: str) -> str:
    """Return a number, an amount, a date, a phone number or a reference that reads from left to right anywhere."""
    return _between("\N{LEFT-TO-RIGHT ISOLATE}", text)


def isolate_name(text: str) -> str:
    """Return a name or other free text that reads in the direction of its own first letter anywhere."""
    return _between("\N{FIRST STRONG ISOLATE}", text)


def _between(opening: str, text: str) -> str:
    return f"{opening}{_balanced(text)}{_CLOSING}" if text else ""


def _balanced(text: str) -> str:
    """Return the text with whole isolates only: a stray control inside would end the isolate around it."""
    kept, depth = [], 0
    for character in _OVERRIDES.sub("", text):
        depth += character in _OPENING
        if character == _CLOSING:
            if not depth:
                continue
            depth -= 1
        kept.append(character)
    return "".join(kept) + _CLOSING * depth


# Groups of digits and Latin letters with a sign or space between them: amounts, dates, phone numbers, references.
_GROUP = r"(?:\([0-9]+\)|[A-Za-z0-9]+)"
_JOINT = r"[ \u00a0\u202f.,:/'\u2019_+\-\u2010-\u2013\u2212]"
_BEFORE, _SIGN, _AFTER = r"(?<![\w\u2066-\u2068])", r"[+\-\u2212\u00b1#]?", r"(?:\u202f?[%\u2030\u00b0])?"
_NUMBER = re.compile(rf"{_BEFORE}{_SIGN}{_GROUP}(?:{_JOINT}{_GROUP})*{_AFTER}")


def isolate_numbers(text: str) -> str:
    """Isolate the numbers of a line that has letters from right to left, so that signs and groups keep their order."""
    return _NUMBER.sub(lambda found: isolate(found[0]) if any(map(str.isdigit, found[0])) else found[0], text)
