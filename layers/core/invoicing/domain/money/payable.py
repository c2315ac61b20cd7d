"""The amount payable: the total less what is withheld and prepaid, rounded for cash.

``total - withheld_total - prepaid_total + rounding_amount`` (EN 16931-1, BR-CO-16). The total, and with it tax and
revenue, never changes by any of them.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.amounts import minor_unit, to_major, to_minor, written
from invoicing.domain.money.discounts import minor_units
from invoicing.domain.money.rounding import Rounding, RoundingChoice, divided


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWithholding:
    """A tax that the customer withholds and pays for the seller; ``rate`` is a fraction of the amount without tax."""

    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding(NewWithholding):
    """A withholding with its ``amount`` in minor units."""

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrepayment:
    """A payment made before the invoice, in major units; ``tax`` says how much of it is tax."""

    amount: Decimal
    tax: Decimal | None = None
    reference: str | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepayment:
    """A payment made before the invoice; ``amount``, and the ``tax`` in it, in minor units."""

    amount: int
    tax: int | None = None
    reference: str | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """What leads from the total to the amount payable, in minor units; ``rounding_amount`` has a sign."""

    withholdings: tuple[Withholding, ...] = ()
    prepayments: tuple[Prepayment, ...] = ()
    withheld_total: int = 0
    prepaid_total: int = 0
    rounding_amount: int = 0


PAYABLE = tuple(field.name for field in fields(Payable))
"""The fields that an invoice has of its `Payable`."""

ALL_OF_IT = Payable()
"""Nothing is withheld, prepaid or rounded: the total is payable, as of most invoices."""


def amount_payable(
    total: int,
    tax: int,
    currency: str,
    *,
    withholdings: Sequence[NewWithholding] = (),
    prepayments: Sequence[NewPrepayment] = (),
    rounding: Rounding,
) -> Payable:
    """Compute what is payable of a total with this tax.

    `ValidationFailed` ``WITHHOLDINGS_EXCEED_TOTAL``, ``PREPAYMENTS_EXCEED_TOTAL``, and ``AMOUNT_INVALID`` for amounts
    with too many decimals.
    """
    if not (withholdings or prepayments or rounding.cash):
        return ALL_OF_IT
    withheld = withheld_of(withholdings, total - tax, rounding)
    withheld_total = sum(each.amount for each in withheld)
    if withheld_total > total:
        message = f"withholdings must add up to at most the total, {written(total, currency)} {currency}."
        raise ValidationFailed(Detail("withholdings", message, "WITHHOLDINGS_EXCEED_TOTAL"))
    left = total - withheld_total
    prepaid = tuple(_prepaid(each, index, currency) for index, each in enumerate(prepayments))
    prepaid_total = sum(each.amount for each in prepaid)
    if prepaid_total > left:
        message = f"prepayments must add up to at most what is to be paid, {written(left, currency)} {currency}."
        raise ValidationFailed(Detail("prepayments", message, "PREPAYMENTS_EXCEED_TOTAL"))
    return Payable(
        withholdings=withheld,
        prepayments=prepaid,
        withheld_total=withheld_total,
        prepaid_total=prepaid_total,
        rounding_amount=_cash_rounding(left - prepaid_total, currency, rounding.cash),
    )


def withheld_of(withholdings: Sequence[NewWithholding], net: int, rounding: Rounding) -> tuple[Withholding, ...]:
    """Return the withholdings of an amount without tax, each rounded."""
    return tuple(
        Withholding(name=each.name, rate=each.rate, amount=rounding.fraction(Fraction(each.rate) * net))
        for each in withholdings
    )


def given_withholdings(withholdings: Sequence[Withholding]) -> tuple[NewWithholding, ...]:
    """Return the withholdings as the client gave them."""
    return tuple(NewWithholding(name=each.name, rate=each.rate) for each in withholdings)


def given_prepayments(prepayments: Sequence[Prepayment], currency: str) -> tuple[NewPrepayment, ...]:
    """Return the prepayments as the client gave them."""
    return tuple(
        NewPrepayment(
            amount=to_major(each.amount, currency),
            tax=None if each.tax is None else to_major(each.tax, currency),
            reference=each.reference,
            paid_on=each.paid_on,
        )
        for each in prepayments
    )


def cash_step(cash: Decimal, currency: str) -> int | None:
    """Return the step of cash rounding in minor units; None where it is no whole multiple of the minor unit."""
    if not cash:
        return 0
    try:
        return to_minor(cash, currency)
    except ValueError:
        return None


def rounding_for(currency: str, choice: RoundingChoice | None, default: Rounding) -> Rounding:
    """Return the rounding of an invoice: the client's choice, else the account's, member by member.

    The account's cash rounding is left out in currencies that have no such amounts. `ValidationFailed`
    ``ROUNDING_INVALID`` for a choice of that kind.
    """
    rounding = default if choice is None else choice.over(default)
    if cash_step(rounding.cash, currency) is not None:
        return rounding
    if choice is not None and choice.cash is not None:
        raise wrong_cash(choice.cash, currency)
    return replace(rounding, cash=Decimal(0))


def wrong_cash(cash: Decimal, currency: str) -> ValidationFailed:
    """Make a `ValidationFailed` ``ROUNDING_INVALID`` for a cash rounding that a currency cannot have."""
    message = f"rounding.cash must be a whole multiple of {minor_unit(currency)}, the smallest amount in {currency}."
    return ValidationFailed(Detail("rounding.cash", message, "ROUNDING_INVALID", cash))


def _prepaid(given: NewPrepayment, index: int, currency: str) -> Prepayment:
    field = f"prepayments[{index}]"
    amount = minor_units(given.amount, currency, f"{field}.amount")
    tax = None if given.tax is None else minor_units(given.tax, currency, f"{field}.tax")
    if tax is not None and tax > amount:
        message = f"{field}.tax must be at most its amount, {written(amount, currency)} {currency}."
        raise ValidationFailed(Detail(f"{field}.tax", message, "AMOUNT_INVALID", given.tax))
    return Prepayment(amount=amount, tax=tax, reference=given.reference, paid_on=given.paid_on)


def _cash_rounding(amount: int, currency: str, cash: Decimal) -> int:
    """Return the difference to the nearest multiple of the step, the higher one of two as near."""
    step = cash_step(cash, currency)
    return divided(amount, step) * step - amount if step else 0
