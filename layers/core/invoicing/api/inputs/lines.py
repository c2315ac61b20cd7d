"""Lines of invoices in request bodies."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, Self, TypedDict

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetPydanticSchema,
    ValidatorFunctionWrapHandler,
    model_validator,
    with_config,
)
from pydantic_core import PydanticCustomError, core_schema

from invoicing.api.inputs.adjustments import Adjustments
from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import (
    LONGEST_DESCRIPTION,
    LONGEST_WORD,
    Amount,
    Country,
    Description,
    PriceQuantity,
    Quantity,
    TaxRate,
    UnitPrice,
    Word,
    check_price,
    check_price_quantity,
    check_quantity,
    check_rate,
)
from invoicing.api.inputs.line_particulars import Attributes, Classifications, Gtin, LineNote, UnitCode
from invoicing.api.inputs.service_periods import Period
from invoicing.api.inputs.taxes import (
    ExemptionCode,
    ExemptionReason,
    TaxCategory,
    Taxes,
    check_category,
    check_one_form,
)
from invoicing.domain.columns import once_each, rows_of
from invoicing.domain.invoices.line_particulars import LINE_PARTICULARS, LineParticulars
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.merging import Merge
from invoicing.domain.money.discounts import Discount

MAX_LINES = 500


class DiscountInput(RequestBody):
    """An amount in major units (``fixed``), or a number of percent from 0 to 100 (``percentage``)."""

    type: Literal["fixed", "percentage"]
    value: Amount

    @model_validator(mode="after")
    def _at_most_everything(self) -> Self:
        if self.type == "percentage" and self.value > 100:
            raise PydanticCustomError("DISCOUNT_INVALID", "must be at most 100 percent")
        return self

    def discount(self) -> Discount:
        """Convert to the domain's value."""
        return Discount(type=self.type, value=self.value)


class DiscountChanges(RequestBody):
    """Changes of an invoice's discount; what is left out stays."""

    type: Literal["fixed", "percentage"] | None = None
    value: Amount | None = None

    def changes(self) -> Merge:
        """Convert to the use case's input; the discount that results is checked as a whole."""
        return self.merge(lambda **members: DiscountInput.parse(members, within="discount").discount())


def _amount_as_object(value: Any) -> Any:
    """Convert a plain amount to a fixed discount."""
    return {"type": "fixed", "value": value} if isinstance(value, (int, Decimal, str)) else value


LineDiscount = Annotated[
    DiscountInput,
    BeforeValidator(_amount_as_object, json_schema_input_type=Amount | DiscountInput),
    AfterValidator(DiscountInput.discount),
]


# Checked as a dict, which costs less than an object for each of 500 lines.
@with_config(RequestBody.model_config)
class LineInput(TypedDict):
    """A line of an invoice."""

    description: Description
    quantity: Quantity
    unit_price: UnitPrice
    price_quantity: NotRequired[PriceQuantity | None]
    tax_rate: NotRequired[TaxRate | None]
    discount: NotRequired[LineDiscount | None]
    sku: NotRequired[Word | None]
    unit: NotRequired[Word | None]
    tax_category: NotRequired[TaxCategory | None]
    tax_name: NotRequired[Word | None]
    taxes: NotRequired[Taxes | None]
    charges: NotRequired[Adjustments | None]
    allowances: NotRequired[Adjustments | None]
    tax_exemption_reason: NotRequired[ExemptionReason | None]
    tax_exemption_code: NotRequired[ExemptionCode | None]
    service_period: NotRequired[Period | None]
    details: NotRequired[Description | None]
    note: NotRequired[LineNote | None]
    unit_code: NotRequired[UnitCode | None]
    gtin: NotRequired[Gtin | None]
    buyer_item_id: NotRequired[Word | None]
    classifications: NotRequired[Classifications | None]
    country_of_origin: NotRequired[Country | None]
    attributes: NotRequired[Attributes | None]
    order_line: NotRequired[Word | None]
    accounting_reference: NotRequired[Word | None]


_NUMBERS = {
    "quantity": check_quantity,
    "unit_price": check_price,
    "price_quantity": check_price_quantity,
    "tax_rate": check_rate,
}
_TEXTS = {"description": LONGEST_DESCRIPTION} | dict.fromkeys(("sku", "unit", "tax_name"), LONGEST_WORD)
_DEFAULTS = NewLine._field_defaults
_REQUIRED, _USUAL = LineInput.__required_keys__, {*_NUMBERS, *_TEXTS, "tax_category"}


class _UnusualError(Exception):
    """These lines must be checked one by one."""


def new_lines(given: Any, one_by_one: ValidatorFunctionWrapHandler) -> tuple[NewLine, ...]:
    """Convert lines to the domain's values.

    Usual lines, without discounts and errors, are checked by column, in half the time. All others are checked one by
    one as `LineInput`, which has all the rules and the messages.
    """
    try:
        return rows_of(NewLine, _columns(given))
    except (_UnusualError, PydanticCustomError):
        return tuple(map(new_line, one_by_one(given)))


def new_line(line: LineInput) -> NewLine:
    """Convert a checked line to the domain's value; null is the same as nothing."""
    given: dict[str, Any] = {name: value for name, value in line.items() if value is not None}
    particulars = {name: value for name in LINE_PARTICULARS if (value := given.pop(name, None))}
    return NewLine(**given, particulars=LineParticulars(**particulars) if particulars else None)


def _columns(given: Any) -> dict[str, list[Any]]:
    if type(given) is not list or not 1 <= len(given) <= MAX_LINES or set(map(type, given)) != {dict}:
        raise _UnusualError
    names = set().union(*given)
    if not _REQUIRED <= names <= _USUAL:
        raise _UnusualError
    columns = {name: [_DEFAULTS.get(name)] * len(given) for name in NewLine._fields}
    return columns | {name: _checked(name, [line.get(name) for line in given]) for name in names}


def _checked(name: str, column: list[Any]) -> list[Any]:
    """Return the checked values of a field, defaults where there is none; only texts that `LineInput` keeps."""
    if check := _NUMBERS.get(name):
        optional = name not in _REQUIRED
        return once_each(lambda value: _DEFAULTS[name] if optional and value is None else check(value), column)
    present = [value for value in column if value is not None]
    if name == "tax_category":
        return [None if value is None else check_category(value) for value in column]
    if name in _REQUIRED and len(present) < len(column):
        raise _UnusualError
    if present and (
        set(map(type, present)) != {str}
        or list(map(str.strip, present)) != present
        or not all(present)
        or max(map(len, present)) > _TEXTS[name]
    ):
        raise _UnusualError
    return column


CheckedLine = Annotated[LineInput, AfterValidator(check_one_form)]
Lines = Annotated[
    Sequence[NewLine],
    GetPydanticSchema(
        lambda _, handler: core_schema.no_info_wrap_validator_function(
            new_lines,
            handler.generate_schema(Annotated[list[CheckedLine], Field(min_length=1, max_length=MAX_LINES)]),
        )
    ),
]
