"""Late invoices and late fees to test with."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.late_fees.charging import ChargedFee, DueFee, automatic_fees, fees_due
from invoicing.domain.late_fees.due_history import AmountChange, DueHistory
from invoicing.domain.late_fees.late_fee import LateFee, Rate, Tier
from invoicing.domain.money.amounts import to_minor, written


def day(text: str) -> date:
    return date.fromisoformat(text)


def an_invoice_due(
    amount: str, due: str, *paid: tuple[str, str], currency: str = "EUR", **overrides: Any
) -> DueHistory:
    """An invoice of the day before 2020; ``paid`` are amounts with their value dates, refunds below 0."""
    given: dict[str, Any] = {
        "currency": currency,
        "issue_date": date(2019, 12, 31),
        "due_date": day(due),
        "amount_payable": to_minor(Decimal(amount), currency),
        "changes": tuple(AmountChange(day(on), -to_minor(Decimal(part), currency)) for part, on in paid),
    }
    return DueHistory(**given | overrides)


def interest(percent: str | None = None, *rates: tuple[str, str], **overrides: Any) -> LateFee:
    return LateFee(
        type="daily_interest",
        value=None if percent is None else Decimal(percent),
        rates=tuple(Rate(day(begins), Decimal(value)) for begins, value in rates),
        **overrides,
    )


def percentage(value: str, **overrides: Any) -> LateFee:
    return LateFee(type="percentage", value=Decimal(value), **overrides)


def fixed(value: str, **overrides: Any) -> LateFee:
    return LateFee(type="fixed", value=Decimal(value), **overrides)


def tiers(*steps: tuple[str, str], **overrides: Any) -> LateFee:
    found = tuple(Tier(Decimal(least), Decimal(value)) for least, value in steps)
    return LateFee(type="fixed", tiers=found, **overrides)


def due(late_fee: LateFee, history: DueHistory, by: str, charged: Sequence[ChargedFee] = ()) -> list[DueFee]:
    return list(fees_due(late_fee, history, charged, day(by)))


def amounts(late_fee: LateFee, history: DueHistory, by: str, charged: Sequence[ChargedFee] = ()) -> list[str]:
    """The fees that can be charged on a day, in major units."""
    return [written(fee.amount, history.currency) for fee in due(late_fee, history, by, charged)]


def automatic(late_fee: LateFee, history: DueHistory, by: str, charged: Sequence[ChargedFee] = ()) -> list[str]:
    return [written(fee.amount, history.currency) for fee in automatic_fees(late_fee, history, charged, day(by))]
