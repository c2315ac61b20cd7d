"""Rounding, and splitting of rounded amounts into parts that add up to them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any


def spread(
    amount: int, weights: Sequence[int], *, ratio: Fraction | None = None, ties: Sequence[Any] | None = None
) -> list[int]:
    """Split an amount in proportion to the weights so that the parts add up to it (largest remainder method).

    Where the amount is itself a rounded part of the sum of the weights, ``ratio`` is that part: then each share stays
    within 1 of that part of its weight, even where weights of both signs nearly cancel each other; if the amount is
    further from that part, all shares move by the same. Equal remainders go to the larger weight first, then to the
    larger of ``ties``, so that no amount depends on the order of the lines. Without a ratio all parts are 0 when the
    weights add up to 0.
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
        for index in _largest(remainders, missing, list(zip(weights, ties or weights, strict=True))):
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


def half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves away from zero."""
    return divided(*value.as_integer_ratio())


def divided(numerator: int, denominator: int) -> int:
    """Divide and round as `half_up`, without the cost of reducing fractions; the denominator is above 0."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded
