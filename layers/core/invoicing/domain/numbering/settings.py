"""Settings of number series: what an account keeps of each, beside the counter (`NumberSeries`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed

Reset = Literal["yearly", "monthly", "never"]
"""When a series starts again at 1."""

DocumentType = Literal["invoice", "credit_note"]
"""What a series numbers."""

INVOICES, CREDIT_NOTES = "series_invoice", "series_credit_note"
"""The ids of the two series that every account begins with."""

DEFAULT_PATTERN = "INV-{year}-{seq:03}"
DEFAULT_CREDIT_NOTE_PATTERN = "CN-{year}-{seq:03}"
LONGEST_PATTERN = 40
MOST_SERIES = 50
"""The most series of an account."""

PLACEHOLDER = re.compile(r"\{(year|month|seq)(?::0(\d))?\}")
_PRINTABLE = re.compile(f"[!-~](?:[ -~]{{0,{LONGEST_PATTERN - 2}}}[!-~])?")
_NEEDED: Mapping[Reset, tuple[str, ...]] = {"yearly": ("year",), "monthly": ("year", "month"), "never": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSettings:
    """A number series as its account describes it; ``default``: used for documents of its type that name no other."""

    id: str
    name: str
    document_type: DocumentType
    pattern: str
    reset: Reset = "yearly"
    default: bool = False


FIRST_SERIES = (
    SeriesSettings(id=INVOICES, name="Invoices", document_type="invoice", pattern=DEFAULT_PATTERN, default=True),
    SeriesSettings(
        id=CREDIT_NOTES,
        name="Credit notes",
        document_type="credit_note",
        pattern=DEFAULT_CREDIT_NOTE_PATTERN,
        default=True,
    ),
)
"""The series of a new account."""


def with_series(all_series: Sequence[SeriesSettings], given: SeriesSettings) -> tuple[SeriesSettings, ...]:
    """Return all series with one added or changed; a new default takes the place of the one before."""
    others = [
        replace(each, default=False) if given.default and each.document_type == given.document_type else each
        for each in all_series
    ]
    ids = [each.id for each in others]
    if given.id not in ids:
        return (*others, given)
    others[ids.index(given.id)] = given
    return tuple(others)


def check_pattern(pattern: str, reset: Reset, field: str = "numbering.pattern") -> None:
    """Raise `ValidationFailed` ``PATTERN_INVALID`` for a pattern without a number, or that repeats numbers."""
    wrong = None
    names = names_in(pattern)
    missing = [f"{{{name}}}" for name in _NEEDED[reset] if name not in names]
    if not _PRINTABLE.fullmatch(pattern):
        wrong = f"must have 1 to {LONGEST_PATTERN} printable ASCII characters and no space at either end"
    elif names.count("seq") != 1 or len(names) > len(set(names)) or set("{}") & set(PLACEHOLDER.sub("", pattern)):
        wrong = "must contain {seq} once, such as {seq:03}, {year} and {month} at most once, and no other braces"
    elif missing:
        wrong = f"must contain {' and '.join(missing)} when reset is {reset}; change the pattern or the reset"
    if wrong:
        raise ValidationFailed(Detail(field, f"{field} {wrong}.", "PATTERN_INVALID", pattern))


def counts_by(pattern: str, reset: Reset) -> Reset:
    """Return when a pattern can start again: its numbers would repeat without the year, or the month, in them."""
    return reset if set(_NEEDED[reset]) <= set(names_in(pattern)) else "never"


def names_in(pattern: str) -> list[str]:
    """Return the names of a pattern's placeholders."""
    return [match[1] for match in PLACEHOLDER.finditer(pattern)]
