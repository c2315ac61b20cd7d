"""Our `dataclass` makes the classes that the standard library's makes, but for what only the type checker holds."""

import dataclasses
from dataclasses import field
from typing import Any

import pytest

from invoicing.dataclass import dataclass as ours


def made_by(dataclass: Any) -> dict[str, Any]:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Price:
        amount: int
        currency: str = "EUR"
        seen: int = field(default=0, compare=False)
        key: str = field(default="", repr=False)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Offer(Price):
        tags: tuple[str, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Nothing:
        pass

    @dataclass(frozen=True, slots=True)
    class One:
        value: int

    @dataclass(frozen=True, slots=True, eq=False)
    class Itself:
        value: int

    @dataclass(slots=True)
    class Counter:
        value: int = 0

    return {kind.__name__: kind for kind in (Price, Offer, Nothing, One, Itself, Counter)}


def answers(dataclass: Any) -> list[Any]:
    """What the classes do, in values that can be compared."""
    made = made_by(dataclass)
    price, offer, nothing, one, itself, counter = (made[name] for name in made)
    five = price(amount=5, seen=1, key="secret")
    return [
        five == price(amount=5, seen=2, key="secret"),
        five == price(amount=5),
        five == offer(amount=5, key="secret"),
        five != offer(amount=5, key="secret"),
        offer(amount=5, tags=("a",)) == offer(amount=5, tags=("a",)),
        hash(five) == hash(price(amount=5, seen=2, key="secret")),
        len({five, price(amount=5, seen=3, key="secret"), price(amount=6)}),
        repr(five).replace("made_by", ""),
        repr(offer(amount=1, tags=("a",))).replace("made_by", ""),
        nothing() == nothing(),
        hash(nothing()) == hash(nothing()),
        repr(one(3)).replace("made_by", ""),
        one(3) == one(3),
        one(3) == 3,
        itself(3) == itself(3),
        counter() == counter(),
        [each.name for each in dataclasses.fields(offer)],
        dataclasses.asdict(dataclasses.replace(offer(amount=1), amount=2)),
        hasattr(five, "__dict__"),
        five.__match_args__,
    ]


def test_classes_do_what_those_of_the_standard_library_do() -> None:
    assert answers(ours) == answers(dataclasses.dataclass)


def test_what_can_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(made_by(ours)["Counter"]())


def test_a_representation_of_its_own_stays() -> None:
    @ours(frozen=True, slots=True)
    class Secret:
        value: str

        def __repr__(self) -> str:
            return "Secret(…)"

    assert repr(Secret("s3cret")) == "Secret(…)"
