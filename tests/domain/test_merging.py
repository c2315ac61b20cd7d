"""Merging of nested objects, with the examples of RFC 7396, appendix A, that an object can have."""

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
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"a": {"b": "c", "d": "e"}}, {"a": {"b": None}}, {"a": {"d": "e"}}),
        (None, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": {"b": "c"}}, {"a": Merge({"d": "e"}, dict)}, {"a": {"b": "c", "d": "e"}}),
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
