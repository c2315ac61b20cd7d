"""Sanitizing of text: composed, and without characters that only control its display."""

import re
import unicodedata

# C0 and C1 controls except tab and line feed; bidirectional overrides and isolates, which can disguise an amount.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Lone surrogates and the noncharacters that XML 1.0 refuses.
_NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")


def plain_text(text: str) -> str:
    """Return the text in Unicode normal form C, its lines ended by a line feed, without control characters."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_END.sub("\n", text)
    text = _STEERING.sub("", text).replace("\t", "    ")
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text))


def one_line(text: str) -> str:
    """Return the text as `plain_text` does, with every run of white space made one space."""
    return " ".join(plain_text(text).split())
