"""Late fees: what an account charges for late payment, and what is wrong with that."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.amounts import MAX_DIGITS

FeeType = Literal["fixed", "percentage", "daily_interest", "none"]
"""An amount, a percentage of the amount due, simple interest on it by the day, or nothing in place of another fee."""

RateBasis = Literal["period", "start", "payment"]
"""Whose rate counts: that of each day, of the day on which interest starts, or of the day of payment."""

PeriodLength = Literal["once", "P7D", "P1M"]
"""One fee for an invoice, or one for every 7 days or month that it is late."""

MOST_RATES = 100
MOST_TIERS = 20
MOST_GRACE_DAYS = 365
MOST_PERCENT = 100
PERCENT_DECIMALS = 6
MOST_AMOUNT = 10**12

type _Problem = tuple[str, str, str, object]
"""Field, what it must be, code and value."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``value`` per cent a year, from a day until the next rate begins."""

    begins: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """A fee of ``value`` for an amount due of at least ``from_amount``, both in major units."""

    from_amount: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFee:
    """What a late invoice is charged.

    ``value`` is an amount of a ``fixed`` fee, else a number of percent, for ``daily_interest`` a year. All amounts are
    in major units of the invoice's currency, which is not known here. ``rates`` and ``tiers`` stand in ascending order,
    each in place of ``value``. No fee is charged until ``grace_days`` days have passed; they count nevertheless. All
    fees of one invoice come to at most ``maximum``. An ``automatic`` one needs no request: it charges what falls due
    after ``automatic_since``, when it got its present terms. ``page_url`` is the address of hosted pages, which only
    requests know. Its invoices have no tax, category O, unless there is a ``tax_rate`` or ``tax_category``.
    """

    type: FeeType
    value: Decimal | None = None
    rates: tuple[Rate, ...] = ()
    rate_basis: RateBasis = "period"
    tiers: tuple[Tier, ...] = ()
    period: PeriodLength = "once"
    grace_days: int = 0
    maximum: Decimal | None = None
    automatic: bool = False
    automatic_since: datetime | None = None
    page_url: str | None = None
    tax_rate: Decimal | None = None
    tax_category: str | None = None

    def rate_on(self, day: date) -> Decimal:
        """Return the per cent a year of a day, 0 before the first rate begins."""
        if self.value is not None:
            return self.value
        return next((rate.value for rate in reversed(self.rates) if rate.begins <= day), Decimal(0))

    def fixed_for(self, amount_due: Decimal) -> Decimal:
        """Return the fixed fee for an amount due, both in major units, 0 below the first tier."""
        if self.value is not None:
            return self.value
        return next((tier.value for tier in reversed(self.tiers) if tier.from_amount <= amount_due), Decimal(0))


def late_fee_of(**members: Any) -> LateFee:
    """Make a late fee of its members by name; `ValidationFailed` as `problems`."""
    if "type" not in members:
        raise ValidationFailed(Detail("late_fee.type", "late_fee.type is required.", "FIELD_REQUIRED"))
    late_fee = LateFee(**members)
    if found := problems(late_fee):
        raise ValidationFailed(*found)
    return late_fee


def switched(before: LateFee | None, after: LateFee | None, now: datetime, page_url: str) -> LateFee | None:
    """Return a late fee that takes the place of another; an automatic one with new terms charges from ``now`` on."""
    if after is None or after == before:
        return before if after is not None else None
    if not after.automatic:
        return replace(after, automatic_since=None, page_url=None)
    return replace(after, automatic_since=now, page_url=page_url)


def problems(late_fee: LateFee, field: str = "late_fee") -> tuple[Detail, ...]:
    """Return what is wrong with a late fee, by field; nothing when it can be charged."""
    found = [
        *(_given(late_fee) if late_fee.type == "none" else _combination(late_fee)),
        *_value(late_fee),
        *_rates(late_fee.rates),
        *_tiers(late_fee.tiers),
    ]
    if not 0 <= late_fee.grace_days <= MOST_GRACE_DAYS:
        message = f"must be from 0 to {MOST_GRACE_DAYS}"
        found.append(("grace_days", message, "VALUE_INVALID", late_fee.grace_days))
    if late_fee.maximum is not None:
        found.extend(_amount("max", late_fee.maximum, above=True))
    return tuple(Detail(f"{field}.{at}", f"{field}.{at} {message}.", code, value) for at, message, code, value in found)


def _given(late_fee: LateFee) -> Iterator[_Problem]:
    """Yield what a late fee of type none must not have."""
    for name in ("value", "rates", "tiers", "automatic"):
        if getattr(late_fee, name):
            yield name, "must be left out of a late fee of type none", "VALUE_INVALID", None


def _combination(late_fee: LateFee) -> Iterator[_Problem]:
    instead = {"fixed": "tiers", "daily_interest": "rates"}.get(late_fee.type)
    for name, given in (("rates", late_fee.rates), ("tiers", late_fee.tiers)):
        if given and name != instead:
            yield name, f"must be left out of a late fee of type {late_fee.type}", "VALUE_INVALID", None
        elif given and late_fee.value is not None:
            yield name, "must be left out where there is a value", "VALUE_INVALID", None
    if late_fee.value is None and not (instead and getattr(late_fee, instead)):
        yield "value", f"is required{f' without {instead}' if instead else ''}", "FIELD_REQUIRED", None
    if late_fee.rate_basis != "period" and not late_fee.rates:
        yield "rate_basis", "must be left out without rates", "VALUE_INVALID", late_fee.rate_basis


def _value(late_fee: LateFee) -> Iterator[_Problem]:
    if late_fee.value is None:
        return
    if late_fee.type == "fixed":
        yield from _amount("value", late_fee.value, above=True)
    else:
        yield from _percent("value", late_fee.value, above=True)


def _rates(rates: Sequence[Rate]) -> Iterator[_Problem]:
    if len(rates) > MOST_RATES:
        yield "rates", f"must have at most {MOST_RATES} entries", "TOO_MANY", None
        return
    for index, rate in enumerate(rates):
        yield from _percent(f"rates[{index}].value", rate.value)
    for index, (before, rate) in enumerate(pairwise(rates), 1):
        if rate.begins <= before.begins:
            message = f"must be after {before.begins}, the date of the rate before"
            yield f"rates[{index}].from", message, "DATE_INVALID", rate.begins.isoformat()


def _tiers(tiers: Sequence[Tier]) -> Iterator[_Problem]:
    if len(tiers) > MOST_TIERS:
        yield "tiers", f"must have at most {MOST_TIERS} entries", "TOO_MANY", None
        return
    for index, tier in enumerate(tiers):
        yield from _amount(f"tiers[{index}].from_amount", tier.from_amount)
        yield from _amount(f"tiers[{index}].value", tier.value)
    for index, (before, tier) in enumerate(pairwise(tiers), 1):
        if tier.from_amount <= before.from_amount:
            message = f"must be above {before.from_amount}, that of the tier before"
            yield f"tiers[{index}].from_amount", message, "AMOUNT_INVALID", tier.from_amount


def _amount(field: str, amount: Decimal, *, above: bool = False) -> Iterator[_Problem]:
    if amount < 0 or (above and not amount) or amount > MOST_AMOUNT:
        yield field, _range(MOST_AMOUNT, above=above), "AMOUNT_INVALID", amount
    elif len(amount.normalize().as_tuple().digits) > MAX_DIGITS:
        yield field, f"must have at most {MAX_DIGITS} significant digits", "AMOUNT_INVALID", amount


def _percent(field: str, percent: Decimal, *, above: bool = False) -> Iterator[_Problem]:
    if percent < 0 or (above and not percent) or percent > MOST_PERCENT:
        yield field, f"{_range(MOST_PERCENT, above=above)}; 1.5 is 1.5 %", "PERCENTAGE_INVALID", percent
    elif percent != round(percent, PERCENT_DECIMALS):
        yield field, f"must have at most {PERCENT_DECIMALS} decimals", "PERCENTAGE_INVALID", percent


def _range(most: int, *, above: bool) -> str:
    return f"must be above 0 and at most {most:,}" if above else f"must be from 0 to {most:,}"
