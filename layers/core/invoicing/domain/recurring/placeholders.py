"""Placeholders in the texts of recurring invoices, such as ``{{ month }}``: these words only, and no expressions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.language import digits_of
from invoicing.domain.recurring.occurrences import Occurrence

PLACEHOLDERS = ("period_start", "period_end", "occurrence", "month")
"""First and last day of the period, the number of the invoice, the month in which the period begins."""

_PLACEHOLDER = re.compile(r"\{\{(.*?)(\}\}|$)", re.DOTALL)
_TEXTS = ("notes", "email_subject", "email_message")


def wrong_in_content(content: NewInvoice) -> Iterator[Detail]:
    """Yield a problem for each text with an unknown placeholder, or one that does not end."""
    for field, text in _texts_of(content):
        if problem := _problem(text):
            yield Detail(field, f"{field} {problem}", "PLACEHOLDER_UNKNOWN", text)


def with_words(content: NewInvoice, occurrence: Occurrence, locale: str) -> NewInvoice:
    """Return the content with the words of a date, in the language of a locale.

    `ValidationFailed` ``PLACEHOLDER_UNKNOWN`` for a placeholder that is none.
    """
    if not any("{{" in text for _, text in _texts_of(content)):
        return content
    if problems := [*wrong_in_content(content)]:
        raise ValidationFailed(*problems)
    words = _words(occurrence, locale)
    lines = tuple(line._replace(description=_filled(line.description, words)) for line in content.lines)
    texts: dict[str, Any] = {
        name: _filled(text, words) for name in _TEXTS if (text := getattr(content, name)) is not None
    }
    return replace(content, lines=lines, **texts)


def _texts_of(content: NewInvoice) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(content.lines):
        yield f"items[{index}].description", line.description
    for name in _TEXTS:
        if (text := getattr(content, name)) is not None:
            yield name, text


def _problem(text: str) -> str | None:
    for found in _PLACEHOLDER.finditer(text):
        if not found[2]:
            return "has a {{ without a }}."
        if found[1].strip() not in PLACEHOLDERS:
            known = ", ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS)
            return f"has an unknown placeholder, {found[0]}; there are {known}."
    return None


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: words[found[1].strip()], text)


def _words(occurrence: Occurrence, locale: str) -> Mapping[str, str]:
    from invoicing.domain.recurring.date_words import date_in_words, month_in_words  # noqa: PLC0415

    period = occurrence.period
    return {
        "period_start": date_in_words(period.start, locale),
        "period_end": date_in_words(period.end, locale),
        "occurrence": str(occurrence.number).translate(digits_of(locale)),
        "month": month_in_words(period.start, locale),
    }
