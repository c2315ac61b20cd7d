"""Names of files: safe to save and to write into headers, with the ending of their type."""

import re
import unicodedata

LONGEST = 100
"""The most characters of a name, its ending included."""

_RESERVED = re.compile(r'[<>:"|?*%;]')
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})


def safe_name(name: str, endings: tuple[str, ...]) -> str:
    """Return a name without folders, controls and bidi marks, which ends like its type.

    ``endings`` are those of its type, such as ``.jpg`` and ``.jpeg``; a name with another one gets the first.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(map(_shown, unicodedata.normalize("NFC", last)))
    clean = " ".join(_RESERVED.sub("_", seen).split()).rstrip(". ")
    stem, dot, ending = clean.rpartition(".")
    if not dot or f".{ending.lower()}" not in endings:
        stem, ending = clean, endings[0][1:]
    kept = stem.strip(". ")[: LONGEST - len(ending) - 1].rstrip(". ")
    return f"{kept or 'file'}.{ending}"


def ascii_name(name: str) -> str:
    """Return a name for programs that read ASCII only: "Übersicht.pdf" gives "Ubersicht.pdf"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, _, ending = plain.rpartition(".")
    return f"{stem.strip(' .') or 'file'}.{ending}"


def _shown(character: str) -> str:
    if character in _BIDI or unicodedata.category(character) in _UNSEEN:
        return ""
    return " " if unicodedata.category(character).startswith("Z") else character
