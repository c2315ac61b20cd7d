"""Direction of text: which languages run from right to left, and fields that keep their own order inside them.

Without isolates (UAX #9) a right-to-left line moves the sign of "-1,234.50" and the parts of "+49 30 1234567".
"""

import re
import unicodedata

from babel import Locale

_OVERRIDES = re.compile("[\u202a-\u202e]")
_OPENING = "\u2066\u2067\u2068"
_CLOSING = "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATE = "\N{FIRST STRONG ISOLATE}"
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


def is_right_to_left(language: str) -> bool:
    """Whether a language that documents are written in, as a BCP 47 tag, runs from right to left (CLDR)."""
    return Locale.parse(language, sep="-").text_direction == "rtl"


def isolate(text: str) -> str:
    """Return a number, an amount, a date, a phone number or a reference that reads from left to right anywhere."""
    return _between("\N{LEFT-TO-RIGHT ISOLATE}", text)


def isolate_name(text: str) -> str:
    """Return a name or other free text that reads in the direction of its own first letter anywhere."""
    return _between(_ISOLATE, text)


def parts_of_line(text: str) -> list[str]:
    """Return the parts of a line from left to right, each of which is put in its visual order by itself.

    They are the whole line, unless it runs from left to right and has isolates that run from right to left. One that
    was cut by a line break begins or ends with the line.
    """
    cut = text.count(_CLOSING) - sum(map(text.count, _OPENING))
    if (_ISOLATE not in text and cut <= 0) or starts_right_to_left(text):
        return [text]
    parts, depth = [""], 0
    for character in _ISOLATE * (cut > 0) + text:
        if character in _OPENING and not depth:
            parts.append("")
        parts[-1] += character
        depth += (character in _OPENING) - (character == _CLOSING)
        if character == _CLOSING and not depth:
            parts.append("")
    return [part for part in _merged(parts) if part]


def _merged(parts: list[str]) -> list[str]:
    """Return the parts of a line, those beside each other that run from left to right as one."""
    merged: list[str] = []
    for part in parts:
        inside = part.removeprefix(_ISOLATE).removeprefix(_LEFT_TO_RIGHT)
        if part.startswith(_ISOLATE) and starts_right_to_left(inside):
            merged += [inside.removesuffix(_CLOSING), ""]
        else:
            merged[-1:] = ["".join(merged[-1:]) + part]
    return merged


def starts_right_to_left(text: str) -> bool:
    """Whether the first character of a text that has a direction runs from right to left (UAX #9, P2 and P3).

    What is isolated does not count.
    """
    depth = 0
    for kind in map(unicodedata.bidirectional, text):
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif not depth and kind in ("L", "R", "AL"):
            return kind != "L"
    return False


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
