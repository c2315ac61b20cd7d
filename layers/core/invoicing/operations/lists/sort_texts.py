"""Texts that sort like what they stand for: lists compare them, and keys of the database's indexes are made of them.

Dates and instants are written as in ISO 8601 (`invoicing.domain.calendar.instant_text`), amounts with a fixed width.
"""

from decimal import Decimal

HIGHEST = "\U0010ffff"
"""Sorts after every other character."""

CREATED = "created_at"
"""The field that everything has, whose day stands for all of its instants."""


def amount_text(amount: Decimal) -> str:
    """An amount of at least 0 in major units with 4 decimals, the most that a currency has, and of fixed width."""
    return format(amount, "025.4f")


def search_text(text: str) -> str:
    """A name or address as it is searched for: whatever its case, and its first 200 characters."""
    return text.casefold()[:200]
