"""Amounts and exact numbers in words, for people who check them on paper."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from invoicing.domain.money.amounts import exponent, written

_LONGEST = 12
"""Decimals written out beyond the currency's; a longer number is cut and ends with ``…``."""
_CUT = 4


def rounded(exact: Fraction, amount: int, currency: str) -> str:
    """Write minor units as ``1.005, rounded to 1.01``; one number where nothing was rounded."""
    if exact == amount:
        return written(amount, currency)
    return f"{digits(exact, exponent(currency))}, rounded to {written(amount, currency)}"


def percentage(percent: Decimal, of: int, amount: int, currency: str) -> str:
    """Write ``10% of 0.05 = 0.005, rounded to 0.01``."""
    exact = Fraction(percent) * of / 100
    return f"{plain(percent)}% of {written(of, currency)} = {rounded(exact, amount, currency)}"


def digits(exact: Fraction, decimals: int) -> str:
    """Write minor units of so many decimals exactly; what would be too long is cut."""
    sign = "-" if exact < 0 else ""
    scaled = abs(exact) * 10**_LONGEST
    whole = scaled.numerator // scaled.denominator
    if whole == scaled:
        return sign + plain(Decimal(whole).scaleb(-_LONGEST - decimals))
    cut = Decimal(whole // 10 ** (_LONGEST - _CUT)).scaleb(-_CUT - decimals)
    return f"{sign}{cut:f}…"


def plain(number: Decimal) -> str:
    """Write a number without an exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def named_shares(shares: Iterable[tuple[str, int]], currency: str) -> str:
    """Write the share of each in an amount; empty when there is only one."""
    parts = [f"{name} {written(share, currency)}" for name, share in shares]
    return f"; {', '.join(parts)}" if len(parts) > 1 else ""
