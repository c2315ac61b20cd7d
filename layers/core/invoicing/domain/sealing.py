"""Content hashes: they show whether an issued document or a ledger entry was changed afterwards.

The canonical form is JSON as in RFC 8785 (sorted names, no spaces, UTF-8) of every field that may never change; see
docs/decisions/0032-content-hashes.md for how others recompute a hash.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Protocol

import orjson

from invoicing.domain.calendar import instant_text

_AS_IT_IS = frozenset({str, int, bool})


class Sealable(Protocol):
    """A document or entry with a content hash; ``unsealed`` are the fields that may change, or are no content."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    unsealed: ClassVar[frozenset[str]]

    @property
    def content_hash(self) -> str | None:
        """The hash of the content when it was sealed; None before."""


def sealed[S: Sealable](document: S) -> S:
    """Return the document with the hash of its content."""
    return replace(document, content_hash=content_hash(document))


def content_hash(document: Sealable) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_form(document)).hexdigest()


def canonical_form(document: Sealable) -> bytes:
    """Return the canonical form: what is null, false or empty is left out, so that later fields change no hash."""
    names = (field.name for field in fields(document))
    content = {name: getattr(document, name) for name in names if name not in document.unsealed | {"content_hash"}}
    return orjson.dumps(_plain(content), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    """Return a value of JSON; decimals, dates and instants as text, lines and other parts by name."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, Decimal | Fraction | date):
        return _text(value)
    if isinstance(value, tuple | list) and not hasattr(value, "_asdict"):
        return [_plain(item) for item in value]
    # Most members of long documents are texts and integers: they need no call.
    return {
        name: member if type(member) in _AS_IT_IS else _plain(member)
        for name, member in _members(value)
        if member or not _is_left_out(member)
    }


def _members(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, tuple):
        return zip(value._fields, value, strict=True)  # type: ignore[attr-defined]  # a row: a tuple with names
    return ((field.name, getattr(value, field.name)) for field in fields(value))


def _is_left_out(value: Any) -> bool:
    return not value and (value is False or not isinstance(value, int | Decimal))


def _text(value: Decimal | Fraction | date) -> str:
    """Write decimals without exponent and zeros at their end, so that equal numbers are equal texts."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
