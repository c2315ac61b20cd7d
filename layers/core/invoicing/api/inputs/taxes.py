"""Several taxes of a line or an invoice, and the exemption from them, in request bodies."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import TaxRate, Word
from invoicing.domain.money.tax import Tax

MOST_TAXES = 5


class TaxInput(RequestBody):
    """One of several taxes; a ``compound`` one is due on the amount and the taxes before it."""

    name: Word
    rate: TaxRate
    compound: Annotated[bool, Field(strict=True)] = False


def _taxes(given: Sequence[TaxInput]) -> tuple[Tax, ...]:
    """Convert to the domain's values; each tax has a name of its own, which tells them apart."""
    if len({tax.name for tax in given}) < len(given):
        raise PydanticCustomError("NAME_REPEATED", "must give each tax a name of its own")
    return tuple(Tax(name=tax.name, rate=tax.rate, compound=tax.compound) for tax in given)


Taxes = Annotated[
    tuple[Tax, ...],
    converted(Annotated[list[TaxInput], Field(min_length=1, max_length=MOST_TAXES)], _taxes),
]

ExemptionReason = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500)]
ExemptionCode = Annotated[str, StringConstraints(strict=True, max_length=30, pattern="^VATEX-[A-Z0-9-]+$")]


def check_one_form[T: Mapping[str, Any]](given: T) -> T:
    """Refuse ``tax_rate`` and ``taxes`` on one object."""
    if given.get("tax_rate") is not None and given.get("taxes") is not None:
        raise one_form_only()
    return given


def one_form_only() -> PydanticCustomError:
    """Make the error for ``tax_rate`` and ``taxes`` on one object."""
    return PydanticCustomError("TAXES_CONFLICT", "must have tax_rate or taxes, not both")
