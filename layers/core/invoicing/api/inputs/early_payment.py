"""Early-payment discounts in request bodies."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainValidator

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import number_check, number_schema, whole_number_check, whole_number_schema
from invoicing.domain.invoices.early_payment import MOST_DISCOUNTS
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount

MOST_PERCENT = 99
MOST_DAYS = 999

DiscountPercent = Annotated[
    Decimal,
    PlainValidator(
        number_check("PERCENTAGE_INVALID", Decimal(0), Decimal(MOST_PERCENT), above=True, hint="; 2 is 2 %")
    ),
    number_schema(exclusiveMinimum=0, maximum=MOST_PERCENT),
]
Days = Annotated[int, PlainValidator(whole_number_check(0, MOST_DAYS)), whole_number_schema(0, MOST_DAYS)]


class EarlyPaymentDiscountInput(RequestBody):
    """A number of percent off for a payment within so many days of the issue date."""

    percent: DiscountPercent
    days: Days


def _discounts(given: Sequence[EarlyPaymentDiscountInput]) -> tuple[EarlyPaymentDiscount, ...]:
    return tuple(EarlyPaymentDiscount(each.percent, each.days) for each in given)


EarlyPaymentDiscounts = Annotated[
    tuple[EarlyPaymentDiscount, ...],
    converted(Annotated[list[EarlyPaymentDiscountInput], Field(max_length=MOST_DISCOUNTS)], _discounts),
]
