"""Simple interest by the day, actual/365: an amount × per cent × days ÷ 36,500, exact until it is charged."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from invoicing.dataclass import dataclass
from invoicing.domain.late_fees.due_history import Stretch
from invoicing.domain.late_fees.late_fee import LateFee

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days for which an amount in minor units is charged, both included; ``percent`` is None for a fixed fee."""

    first_day: date
    last_day: date
    amount: int
    percent: Decimal | None = None

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last_day - self.first_day).days + 1

    @property
    def interest(self) -> Fraction:
        """The interest of the days, in minor units, not rounded."""
        return Fraction(self.percent or 0) * self.amount * self.days / 36500


def interest_spans(late_fee: LateFee, late: Sequence[Stretch]) -> list[Span]:
    """Return the spans whose interest is all that has accrued of these late days, in order of their last day.

    By the rate of payment, each part of the amount has the rate of the day on which it was paid, the rest that of the
    last day; spans of several parts overlap.
    """
    if late_fee.rates and late_fee.rate_basis == "payment":
        return [Span(*part, late_fee.rate_on(part.last_day)) for part in _by_payment(late)]
    if late_fee.rates and late_fee.rate_basis == "start":
        return [Span(*stretch, late_fee.rate_on(late[0].first_day)) for stretch in late]
    return [span for stretch in late for span in _by_rate(late_fee, stretch)]


def since(spans: Iterable[Span], day: date) -> tuple[Span, ...]:
    """Return what is left of spans from a day on."""
    return tuple(
        Span(max(span.first_day, day), span.last_day, span.amount, span.percent)
        for span in spans
        if span.last_day >= day
    )


def _by_rate(late_fee: LateFee, stretch: Stretch) -> list[Span]:
    begins = [rate.begins for rate in late_fee.rates if stretch.first_day < rate.begins <= stretch.last_day]
    firsts, lasts = [stretch.first_day, *begins], [*(day - _DAY for day in begins), stretch.last_day]
    return [
        Span(first, last, stretch.amount, late_fee.rate_on(first)) for first, last in zip(firsts, lasts, strict=True)
    ]


def _by_payment(late: Sequence[Stretch]) -> list[Stretch]:
    """Divide what was late into parts that were paid together, with all their late days; the oldest is paid first."""
    unpaid: list[tuple[date, int]] = []
    paid: list[Stretch] = []

    def pay(amount: int, on: date) -> None:
        while amount:
            begin, part = unpaid.pop(0)
            if part > amount:
                unpaid.insert(0, (begin, part - amount))
            paid.append(Stretch(begin, on, min(part, amount)))
            amount -= min(part, amount)

    due, last = 0, date.min
    for stretch in late:
        if stretch.first_day > last + _DAY or stretch.amount < due:
            still = stretch.amount if stretch.first_day == last + _DAY else 0
            pay(due - still, last)
            due = still
        if stretch.amount > due:
            unpaid.append((stretch.first_day, stretch.amount - due))
        due, last = stretch.amount, stretch.last_day
    pay(due, last)
    return paid
