"""Rounding, and splitting of rounded amounts into parts that add up to them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from operator import add
from typing import Any, Literal

from invoicing.dataclass import dataclass

Level = Literal["document", "line"]
"""Where tax is rounded: once for each tax group, or for each line."""

Mode = Literal["half_up", "down", "half_even"]
"""To the nearest integer, halves away from zero; towards zero; to the nearest integer, halves to the even one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """How an invoice rounds; ``cash`` is the step of the amount payable in major units, 0 for none."""

    level: Level = "document"
    mode: Mode = "half_up"
    cash: Decimal = Decimal(0)

    def divide(self, numerator: int, denominator: int) -> int:
        """Divide by a denominator above 0 and round."""
        return _DIVISIONS[self.mode](numerator, denominator)

    def fraction(self, exact: Fraction) -> int:
        """Round an exact number."""
        return self.divide(*exact.as_integer_ratio())

    @property
    def of_decimals(self) -> str:
        """The name that the module `decimal` has for the mode."""
        return _OF_DECIMALS[self.mode]


STANDARD = Rounding()
"""The rule of EN 16931: tax once for each group, halves away from zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundingChoice:
    """The rounding that a client gives an invoice; what is None follows from the account."""

    level: Level | None = None
    mode: Mode | None = None
    cash: Decimal | None = None

    def over(self, default: Rounding) -> Rounding:
        """Return the rounding with these choices, member by member."""
        return Rounding(
            level=self.level or default.level,
            mode=self.mode or default.mode,
            cash=default.cash if self.cash is None else self.cash,
        )


def spread(
    amount: int,
    weights: Sequence[int],
    *,
    ratio: Fraction | None = None,
    first: Sequence[int] | None = None,
    ties: Sequence[Any] | None = None,
) -> list[int]:
    """Split an amount in proportion to the weights so that the parts add up to it (largest remainder method).

    Where the amount is itself a rounded part of the sum of the weights, ``ratio`` is that part: then each share stays
    within 1 of that part of its weight, even where weights of both signs nearly cancel each other; if the amount is
    further from that part, all shares move by the same. Equal remainders go to the larger of ``first``, by default
    the weights, then to the larger of ``ties``, so that no amount depends on the order of the lines. Without a ratio
    all parts are 0 when the weights add up to 0.
    """
    if ratio is None:
        whole = sum(weights)
        if whole == 0:
            return [0] * len(weights)
        ratio = Fraction(amount, whole)
    numerator, denominator = ratio.as_integer_ratio()
    exact = [numerator * weight for weight in weights]
    shares = [part // denominator for part in exact]
    missing = amount - sum(shares)
    if not 0 <= missing <= len(shares):
        each, missing = divmod(missing, len(shares))
        shares = [share + each for share in shares]
    if missing:
        remainders = [part % denominator for part in exact]
        for index in _largest(remainders, missing, list(zip(first or weights, ties or weights, strict=True))):
            shares[index] += 1
    return shares


def _largest(remainders: Sequence[int], count: int, precedence: Sequence[Any]) -> list[int]:
    """Return the indexes of the ``count`` largest remainders; ``precedence`` decides between equal ones."""
    least = sorted(remainders, reverse=True)[count - 1]
    larger = [index for index, remainder in enumerate(remainders) if remainder > least]
    equal = [index for index, remainder in enumerate(remainders) if remainder == least]
    return larger + sorted(equal, key=precedence.__getitem__, reverse=True)[: count - len(larger)]


def put(column: list[int], indexes: Sequence[int], values: Sequence[int]) -> None:
    """Set the values of these rows of a column."""
    for index, value in zip(indexes, values, strict=True):
        column[index] = value


def summed(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """Add two rows of amounts, one of which may be empty."""
    return tuple(map(add, first, second)) if first and second else tuple(first or second)


def half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves away from zero."""
    return divided(*value.as_integer_ratio())


def divided(numerator: int, denominator: int) -> int:
    """Divide and round as `half_up`, without the cost of reducing fractions; the denominator is above 0."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded


def _down(numerator: int, denominator: int) -> int:
    cut = abs(numerator) // denominator
    return cut if numerator >= 0 else -cut


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))


_DIVISIONS: Mapping[Mode, Callable[[int, int], int]] = {"half_up": divided, "down": _down, "half_even": _half_even}
_OF_DECIMALS: Mapping[Mode, str] = {
    "half_up": ROUND_HALF_UP,
    "down": ROUND_DOWN,
    "half_even": ROUND_HALF_EVEN,
}
