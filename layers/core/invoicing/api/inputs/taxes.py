"""Several taxes of a line or an invoice, and the exemption from them, in request bodies."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import TaxRate, Word
from invoicing.domain.money.tax import Tax
from invoicing.domain.money.tax_categories import CATEGORIES, EXEMPTION_CODE

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


def check_category(value: Any) -> str:
    """Check a tax category."""
    if type(value) is not str or value not in CATEGORIES:
        raise PydanticCustomError("TAX_CATEGORY_INVALID", "must be one of {codes}", {"codes": ", ".join(CATEGORIES)})
    return value


def _code(value: str) -> str:
    if not EXEMPTION_CODE.fullmatch(value):
        raise PydanticCustomError("TAX_EXEMPTION_INVALID", "must be a code of the VATEX list such as VATEX-EU-132")
    return value


Taxes = Annotated[
    tuple[Tax, ...],
    converted(Annotated[list[TaxInput], Field(min_length=1, max_length=MOST_TAXES)], _taxes),
]

ExemptionReason = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500)]
ExemptionCode = Annotated[
    str,
    StringConstraints(strict=True, max_length=30),
    AfterValidator(_code),
    WithJsonSchema({"type": "string", "maxLength": 30, "pattern": f"^{EXEMPTION_CODE.pattern}$"}),
]
TaxCategory = Annotated[
    str, PlainValidator(check_category), WithJsonSchema({"type": "string", "enum": list(CATEGORIES)})
]


def check_one_form[T: Mapping[str, Any]](given: T) -> T:
    """Refuse ``tax_rate`` and ``taxes`` on one object."""
    if given.get("tax_rate") is not None and given.get("taxes") is not None:
        raise one_form_only()
    return given


def one_form_only() -> PydanticCustomError:
    """Make the error for ``tax_rate`` and ``taxes`` on one object."""
    return PydanticCustomError("TAXES_CONFLICT", "must have tax_rate or taxes, not both")
