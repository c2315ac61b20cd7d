"""Rounding, and dealing what is rounded to parts; all amounts are in the currency's smallest unit."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor, trunc
from typing import Any

HALF_UP, HALF_EVEN, DOWN = "half_up", "half_even", "down"
HALF = Fraction(1, 2)


def rounded(value: Fraction | int, mode: str = HALF_UP) -> int:
    """Round: halves away from zero, halves to even, or everything towards zero."""
    if mode == DOWN:
        return trunc(value)
    if mode == HALF_EVEN:
        return round(value)
    units = floor(abs(Fraction(value)) + HALF)
    return units if value >= 0 else -units


def dealt(whole: int, exact: Sequence[Fraction | int], first: Sequence[Any]) -> list[int]:
    """Round down, deal what is left in units: to the largest remainders, of equal ones to the largest `first`."""
    shares = [floor(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda i: (exact[i] - shares[i], first[i]), reverse=True)
    left = whole - sum(shares)
    while left > 0:
        for index in order[:left]:
            shares[index] += 1
        left -= min(left, len(order))
    while left < 0:
        for index in order[left:]:
            shares[index] -= 1
        left += min(-left, len(order))
    return shares


def text(amount: int, digits: int) -> str:
    """Write an amount with all its decimals."""
    whole, rest = divmod(abs(amount), 10**digits)
    return f"{'-' if amount < 0 else ''}{whole}" + (f".{rest:0{digits}}" if digits else "")
