"""The plan of an import: which rows of the file belong together, found by the check of the whole file."""

from collections.abc import Mapping, Sequence
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
    _doubtful: list[tuple[Place, tuple[str, ...]]] = field(default_factory=list)

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

    def add_doubtful(self, place: Place, identities: Sequence[str]) -> None:
        """Add a row that cannot be read, and may belong to any of some identities."""
        self.count += 1
        self._doubtful.append((place, tuple(identities)))

    def units(self) -> tuple[Unit, ...]:
        """Return the units; a doubtful row makes one of all to which it may belong: none is imported without it."""
        units = dict(enumerate(self._units))
        merged: dict[int, int] = {}
        for place, identities in self._doubtful:
            known = (self._known[each][0] for each in identities if each in self._known)
            first, *others = sorted({_home(index, merged) for index in known}) or [len(units) + len(merged)]
            places, _ = units.setdefault(first, ([], ""))
            places.append(place)
            for other in others:
                places += units.pop(other)[0]
                merged[other] = first
        ordered = sorted((sorted(places), repeat) for places, repeat in units.values())
        return tuple(Unit(tuple(places), repeat) for places, repeat in ordered)


def _home(index: int, merged: Mapping[int, int]) -> int:
    while index in merged:
        index = merged[index]
    return index
