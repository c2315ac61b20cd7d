"""Search rows: for each word of an entity, an item at which a search for its beginning finds the entity."""

from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import instant_text

SEPARATOR = "\x1f"
"""Ends the word in the id of a row; sorts before every letter and sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow:
    """One word of an entity; its id is `row_id`. A row never changes."""

    account: str
    id: str
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """The words under which an entity is found now; ``id`` is its kind and id.

    ``tags`` stand for its values of searchable metadata (`invoicing.domain.lists.metadata`).
    """

    account: str
    id: str
    version: int
    created_at: datetime
    words: tuple[str, ...]
    tags: tuple[str, ...] = ()

    @property
    def rows(self) -> dict[str, SearchRow]:
        """The rows that there are of these words and tags, by their ids."""
        kind, _, identifier = self.id.partition("#")
        ids = [row_id(kind, word, self.created_at, identifier) for word in self.words]
        ids += [row_id(tagged(kind), tag, self.created_at, identifier) for tag in self.tags]
        return {each: SearchRow(account=self.account, id=each) for each in ids}


def row_id(kind: str, word: str, created_at: datetime, identifier: str) -> str:
    """Return the id of a row: it sorts by kind, word and time of creation."""
    return f"{rows_from(kind, word)}{SEPARATOR}{instant_text(created_at)}{SEPARATOR}{identifier}"


def tagged(kind: str) -> str:
    """Return what takes the place of the kind in rows of tags, which no search for words meets."""
    return f"{kind}.metadata"


def rows_from(kind: str, beginning: str) -> str:
    """Return what the ids of the rows begin with whose words begin so."""
    return f"{kind}#{beginning}"


def found_in(row: str) -> tuple[str, str]:
    """Read the time of creation, as a text, and the id of its entity from the id of a row."""
    _, created, identifier = row.split(SEPARATOR)
    return created, identifier
