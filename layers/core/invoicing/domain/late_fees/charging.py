"""The fees that an invoice is charged for being late: one for each ended period, and never twice.

What a period is charged follows from the due history and from the fees charged so far, so that it can be asked at any
time and in any order of events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.late_fees.due_history import DueHistory, Stretch
from invoicing.domain.late_fees.interest import Span, interest_spans, since
from invoicing.domain.late_fees.late_fee import FeeType, LateFee
from invoicing.domain.late_fees.periods import ONCE, Period, claimable_from, period_ends, periods
from invoicing.domain.money.amounts import exponent, to_major


class ChargedFee(NamedTuple):
    """A fee that an invoice was charged, also one that was voided since; ``amount`` in minor units.

    ``period`` is ``once``, or the last day of the period; late days up to ``last_day`` were counted.
    """

    type: FeeType
    period: str
    last_day: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFee:
    """A fee that can be charged, from ``falls_due`` on; ``amount`` in minor units.

    An invoice is charged one fee for each ``type`` and ``period``. ``spans`` are its days and what they are charged
    for; their interest can differ from ``amount``, which makes up for earlier fees.
    """

    type: FeeType
    period: str
    falls_due: date
    last_day: date
    amount: int
    spans: tuple[Span, ...]

    @property
    def charged(self) -> ChargedFee:
        """The fee once it is charged."""
        return ChargedFee(self.type, self.period, self.last_day, self.amount)


def fees_due(
    late_fee: LateFee, history: DueHistory, charged: Sequence[ChargedFee], by: date, after: date = date.min
) -> Iterator[DueFee]:
    """Yield the fees that can be charged on a day, and fall due ``after`` another, the oldest first.

    A period of 7 days or a month has ended the day after it, or when the invoice was paid in full. Interest is rounded
    once for each fee: all that has accrued, less what was charged, so that it makes up for payments that were recorded
    late. Nothing is yielded where that leaves nothing, nor beyond the maximum of the invoice.
    """
    late = history.late_until(by)
    if late_fee.type == "none" or history.is_late_fee:
        return
    if not late or late[-1].last_day < claimable_from(late_fee, history):
        return
    same = [fee for fee in charged if fee.type == late_fee.type]
    fees = _interest if late_fee.type == "daily_interest" else _flat_fees
    left = _left(late_fee, history, charged)
    for fee in fees(late_fee, history, late, same, by, after=after):
        amount = fee.amount if left is None else min(fee.amount, left)
        if amount > 0:
            yield replace(fee, amount=amount)
            left = None if left is None else left - amount


def automatic_fees(
    late_fee: LateFee, history: DueHistory, charged: Sequence[ChargedFee], by: date, after: date = date.min
) -> Iterator[DueFee]:
    """Yield the fees that are charged without a request: of an automatic late fee, while an amount is due.

    ``after`` is the day on which the late fee became automatic.
    """
    if late_fee.automatic and history.amount_due:
        yield from fees_due(late_fee, history, charged, by, after)


def next_automatic_day(
    late_fee: LateFee, history: DueHistory, charged: Sequence[ChargedFee], today: date, after: date = date.min
) -> date | None:
    """Return the first later day on which to look for automatic fees; None if none comes unless the amount due changes.

    Interest that does not come to one minor unit yet is looked at again the next day, or after the next period.
    """
    charges = late_fee.automatic and history.amount_due and not history.is_late_fee
    if not charges or is_used_up(late_fee, history, charged):
        return None
    tomorrow = days_after(today, 1)
    if any(automatic_fees(late_fee, history, charged, tomorrow, after)):
        return tomorrow
    settled = _settled_until([fee for fee in charged if fee.type == late_fee.type])
    claimable = claimable_from(late_fee, history)
    if late_fee.period == ONCE:
        day = max(claimable, days_after(tomorrow, 1))
        grows = late_fee.type == "daily_interest" and settled == date.min and claimable > after
        return day if grows or any(automatic_fees(late_fee, history, charged, day, after)) else None
    ends = (end for end in period_ends(history.anchor, late_fee.period) if end > settled)
    days = (max(days_after(end, 1), claimable) for end in ends)
    return next((day for day in days if day > max(tomorrow, after)), None)


def is_used_up(late_fee: LateFee, history: DueHistory, charged: Sequence[ChargedFee]) -> bool:
    """Whether the fees charged so far have come to the maximum."""
    return _left(late_fee, history, charged) == 0


def fee_line(
    fee: DueFee, currency: str, description: str, *, tax_rate: Decimal | None = None, tax_category: str | None = None
) -> NewLine:
    """Return the line of the fee's invoice; by default outside the scope of tax, as damages are no consideration."""
    if tax_rate is None and tax_category is None:
        tax_category = "O"
    return NewLine(
        description=description,
        quantity=Decimal(1),
        unit_price=to_major(fee.amount, currency),
        tax_rate=tax_rate or Decimal(0),
        tax_category=tax_category,
    )


def _interest(
    late_fee: LateFee,
    history: DueHistory,
    late: Sequence[Stretch],
    charged: Sequence[ChargedFee],
    by: date,
    *,
    after: date,
) -> Iterator[DueFee]:
    so_far, settled = sum(fee.amount for fee in charged), _settled_until(charged)
    begin = days_after(max((fee.last_day for fee in charged), default=history.anchor), 1)
    for period in periods(late_fee, history, late, by):
        if not _is_open(period, settled) or period.falls_due <= after:
            continue
        last_day = min(period.last_day, late[-1].last_day)
        spans = interest_spans(late_fee, history.late_until(last_day))
        accrued = history.rounding.fraction(sum((span.interest for span in spans), Fraction(0)))
        if accrued > so_far:
            yield _due(late_fee, period, last_day, accrued - so_far, since(spans, begin))
            so_far, begin = accrued, days_after(last_day, 1)


def _flat_fees(
    late_fee: LateFee,
    history: DueHistory,
    late: Sequence[Stretch],
    charged: Sequence[ChargedFee],
    by: date,
    *,
    after: date,
) -> Iterator[DueFee]:
    """Yield fixed fees and percentages, those of all periods rounded together; what was charged does not count.

    So a change of ``value`` is for the periods to come. The day that counts for the amount due is the last of the
    period, of a single fee the first on which it can be charged.
    """
    fixed = _minor(late_fee.fixed_for(to_major(late[0].amount, history.currency)), history)
    percent = late_fee.value if late_fee.type == "percentage" else None
    exact, settled = Fraction(0), _settled_until(charged)
    for period in periods(late_fee, history, late, by):
        day = period.last_day
        if period.name == ONCE:
            day = next(max(part.first_day, period.falls_due) for part in late if part.last_day >= period.falls_due)
        due = next((part.amount for part in late if part.first_day <= day <= part.last_day), 0)
        before = history.rounding.fraction(exact)
        exact += Fraction(percent) * due / 100 if percent is not None else fixed * bool(due)
        amount = history.rounding.fraction(exact) - before
        if amount and _is_open(period, settled) and period.falls_due > after:
            counted = due if percent is not None else late[0].amount
            yield _due(late_fee, period, day, amount, (Span(period.first_day, day, counted, percent),))


def _due(late_fee: LateFee, period: Period, last_day: date, amount: int, spans: tuple[Span, ...]) -> DueFee:
    return DueFee(
        type=late_fee.type,
        period=period.name,
        falls_due=period.falls_due,
        last_day=last_day,
        amount=amount,
        spans=spans,
    )


def _settled_until(charged: Sequence[ChargedFee]) -> date:
    """Return the last day of the periods that were charged, whose length may have changed since; else `date.min`."""
    days = (fee.last_day if fee.period == ONCE else date.fromisoformat(fee.period) for fee in charged)
    return max(days, default=date.min)


def _is_open(period: Period, settled: date) -> bool:
    """Whether nothing was charged for a period, nor for any that ends later."""
    return settled == date.min if period.name == ONCE else period.last_day > settled


def _left(late_fee: LateFee, history: DueHistory, charged: Sequence[ChargedFee]) -> int | None:
    """Return how much more may be charged; None without a maximum."""
    if late_fee.maximum is None:
        return None
    whole = int(late_fee.maximum.scaleb(exponent(history.currency)))
    return max(whole - sum(fee.amount for fee in charged), 0)


def _minor(amount: Decimal, history: DueHistory) -> int:
    """Return an amount in minor units; it can have more decimals than the currency of this invoice."""
    return history.rounding.fraction(Fraction(amount) * 10 ** exponent(history.currency))
