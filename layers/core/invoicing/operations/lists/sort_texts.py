"""Sort texts: texts in the order of their values, compared by lists and used as keys of indexes.

Dates and instants are written as in ISO 8601 (`invoicing.domain.calendar.instant_text`), amounts with a fixed width.
"""

from decimal import Decimal

HIGHEST = "\U0010ffff"
"""Sorts after every other character."""

CREATED = "created_at"
"""The field that every entity has; a day stands for all of its instants."""


def amount_text(amount: Decimal) -> str:
    """Write an amount of at least 0 in major units with 4 decimals, the most of any currency, at a fixed width."""
    return format(amount, "025.4f")


def search_text(text: str) -> str:
    """Write a name or address for searching: case-folded, and its first 200 characters."""
    return text.casefold()[:200]
