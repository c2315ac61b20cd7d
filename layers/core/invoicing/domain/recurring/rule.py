"""The rule of a recurring invoice: how often it recurs, and the anchor of its dates."""

from collections.abc import Iterator
from typing import Final, Literal

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import Weekday
from invoicing.domain.errors import Detail

Frequency = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]

Billing = Literal["in_advance", "in_arrears"]
"""Whether an invoice is for the period that begins with its date, or for the one that has ended the day before."""

Proration = Literal["none", "first", "first_and_last"]
"""Which periods that are cut short are charged by the day: none, that before the first anchor, or the last one too."""

LAST: Final = "last"

MOST_INTERVAL = 1000

MONTHS: dict[Frequency, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}
DAYS: dict[Frequency, int] = {"daily": 1, "weekly": 7}
"""The length of a period, in months or in days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Every ``interval`` days, weeks, months, quarters or years.

    ``day`` is a day of the month, 1 to 31 or ``last``, and ``weekday`` a day of the week; without them that of the
    start date counts. A month that is too short for the day has its last day instead.
    """

    frequency: Frequency
    interval: int = 1
    day: int | Literal["last"] | None = None
    weekday: Weekday | None = None
    billing: Billing = "in_advance"
    proration: Proration = "none"


def problems(rule: Rule) -> Iterator[Detail]:
    """Yield what is wrong with a rule, by field."""
    if not 1 <= rule.interval <= MOST_INTERVAL:
        message = f"interval must be from 1 to {MOST_INTERVAL}."
        yield Detail("interval", message, "VALUE_INVALID", rule.interval)
    if rule.day is not None and rule.frequency not in MONTHS:
        message = f"day must be null with frequency {rule.frequency}; it is for monthly, quarterly and yearly."
        yield Detail("day", message, "VALUE_INVALID", rule.day)
    elif rule.day not in {None, LAST, *range(1, 32)}:
        yield Detail("day", "day must be from 1 to 31, or last.", "VALUE_INVALID", rule.day)
    if rule.weekday is not None and rule.frequency != "weekly":
        message = f"weekday must be null with frequency {rule.frequency}; it is for weekly."
        yield Detail("weekday", message, "VALUE_INVALID", rule.weekday)
