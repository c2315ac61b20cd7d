"""The plan of an import: which rows of the file belong together, found by the check of the whole file."""

from dataclasses import field
from typing import Literal, NamedTuple

from invoicing.dataclass import dataclass

Repeat = Literal["", "same", "other"]
"""Whether an earlier row of the file has the same identity, with the same or with other content."""


class Place(NamedTuple):
    """Where a row is: ``offset`` and ``length`` in bytes, ``line`` from 1."""

    offset: int
    length: int
    line: int


class Unit(NamedTuple):
    """The rows that are imported together, or not at all: a customer's row, all rows of an invoice."""

    places: tuple[Place, ...]
    repeat: Repeat = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The units in the order of their first rows; ``delimiter`` and ``header`` are those of CSV."""

    delimiter: str = ""
    header: tuple[str, ...] = ()
    units: tuple[Unit, ...]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return sum(len(unit.places) for unit in self.units)


@dataclass(slots=True)
class Planning:
    """Collects the rows of a file; ``joins`` where all rows of an identity are one unit."""

    joins: bool
    count: int = 0
    _units: list[tuple[list[Place], Repeat]] = field(default_factory=list)
    _known: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, place: Place, identity: str | None, content: str) -> None:
        """Add a row; one without an identity is a unit by itself."""
        self.count += 1
        index, first = self._known.get(identity, (None, "")) if identity else (None, "")
        if index is None:
            if identity:
                self._known[identity] = len(self._units), content
            self._units.append(([place], ""))
        elif self.joins:
            self._units[index][0].append(place)
        else:
            self._units.append(([place], "same" if content == first else "other"))

    def units(self) -> tuple[Unit, ...]:
        """Return the units."""
        return tuple(Unit(tuple(places), repeat) for places, repeat in self._units)
