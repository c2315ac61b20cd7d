"""Merging of nested objects, with the examples of RFC 7396, appendix A, that an object of texts can have."""

from dataclasses import dataclass
from typing import Any

import pytest

from invoicing.domain.merging import Merge, merged


@dataclass(frozen=True)
class Place:
    street: str | None = None
    city: str | None = None


@dataclass(frozen=True)
class Firm:
    name: str
    place: Place | None = None


@pytest.mark.parametrize(
    ("before", "patch", "after"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"e": "f"}, {}, {"e": "f"}),
        (None, {"a": "b", "c": None}, {"a": "b"}),
    ],
)
def test_members_replace_stay_or_go(before: Any, patch: Any, after: Any) -> None:
    assert Merge(patch, dict).into(before) == after


def test_an_entity_keeps_the_members_that_are_not_sent() -> None:
    firm = Firm("A", Place("Old", "Vienna"))
    assert merged(firm, {"place": Merge({"street": "New"}, Place)}) == {"place": Place("New", "Vienna")}
    assert merged(firm, {"place": Merge({"street": None}, Place), "name": "B"}) == {
        "place": Place(None, "Vienna"),
        "name": "B",
    }
    assert merged(firm, {"place": None}) == {"place": None}
    assert merged(Firm("A"), {"place": Merge({"city": "Graz"}, Place)}) == {"place": Place(None, "Graz")}
