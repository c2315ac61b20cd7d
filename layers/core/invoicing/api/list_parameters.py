"""The parameters of a list's query, taken one by one; which page is asked for."""

import re

from invoicing.domain.errors import Detail
from invoicing.operations.lists.query import Condition, metadata_key

MOST_PER_PAGE = 100
MOST_PAGE = 1_000_000
LONGEST_KEY = 40
LONGEST_VALUE = 500
"""Characters of keys and values of metadata."""

_NUMBER = re.compile(r"0|[1-9]\d{0,6}")


def is_whole_number(value: str) -> bool:
    """Whether a text is a whole number of at most 7 digits, written as JSON would."""
    return bool(_NUMBER.fullmatch(value)) and value.isascii()


class Parameters:
    """The parameters of one query that are left to be read, and all that is wrong with them."""

    def __init__(self, parameters: dict[str, str]) -> None:
        self._left = parameters
        self.details: list[Detail] = []

    def refuse(self, name: str, wrong: str, code: str, value: str | None) -> None:
        """Note a wrong parameter; ``wrong`` follows its name in the message."""
        shown = value if value is not None and len(value) <= 100 and value.isprintable() else None
        self.details.append(Detail(_clean(name), f"{_clean(name)} {wrong}.", code, shown))

    def take_page(self, most: int = MOST_PER_PAGE, where: str = "") -> tuple[int, int, int | None]:
        """Take which page, how many items it has, and how many are skipped where that is asked for.

        A page has ``most`` items at the most; ``where`` says in messages why.
        """
        given = self._left.keys() & {"page", "per_page", "offset", "limit", "cursor"}
        usual = min(20, most)
        if {"page", "cursor"} <= given:
            self.refuse("page", "cannot be combined with cursor", "VALUE_INVALID", None)
        if not given & {"offset", "limit"}:
            return self._count("page", 1, MOST_PAGE), self._count("per_page", usual, most, where=where), None
        for name in sorted(given & {"page", "per_page"}):
            self.refuse(name, "cannot be combined with limit and offset", "VALUE_INVALID", None)
            del self._left[name]
        if {"offset", "cursor"} <= given:
            self.refuse("offset", "cannot be combined with cursor", "VALUE_INVALID", None)
        limit = self._count("limit", usual, most, where=where)
        offset = self._count("offset", 0, MOST_PAGE, least=0)
        return -(-offset // limit) + 1, limit, offset

    def metadata_condition(self, name: str, value: str) -> Condition | None:
        """Return the condition that metadata has a value, None for one that no metadata can have."""
        key = metadata_key(name) or ""
        if len(key) <= LONGEST_KEY and len(value) <= LONGEST_VALUE and _is_text(key + value):
            return Condition(name, "eq", (value,))
        words = f"must name a key of at most {LONGEST_KEY} characters and a text of at most {LONGEST_VALUE}"
        self.refuse(name, words, "VALUE_INVALID", value)
        return None

    def _count(self, name: str, default: int, most: int, *, least: int = 1, where: str = "") -> int:
        value = self._left.pop(name, None)
        if value is None:
            return default
        if not is_whole_number(value) or not least <= int(value) <= most:
            self.refuse(name, f"must be a whole number from {least} to {most:,}{where}", "VALUE_INVALID", value)
            return default
        return int(value)


def _is_text(value: str) -> bool:
    """Whether a value is UTF-8; query strings may have other bytes."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _clean(name: str) -> str:
    """A parameter's name as it may be shown."""
    return name[:100] if name.isprintable() else ascii(name)[1:-1][:100]
