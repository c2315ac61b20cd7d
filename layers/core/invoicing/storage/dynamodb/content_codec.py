"""Codec of what the invoices of a schedule have in them: an invoice as the client gives it."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.storage.dynamodb.item_codec import dates, decimal
from invoicing.storage.dynamodb.line_codec import (
    discount_from,
    line_particulars_from,
    line_particulars_values,
    service_period_from,
    taxes_from,
)
from invoicing.storage.dynamodb.particulars_codec import particulars_from, particulars_values
from invoicing.storage.dynamodb.payable_codec import rounding_choice_from

_USUAL = {each.name: each.default for each in fields(NewInvoice)}


def content_values(content: NewInvoice) -> dict[str, Any]:
    """Return what is packed: what the client gave."""
    values = {name: getattr(content, name) for name in _USUAL}
    given = {name: value for name, value in values.items() if value is not _USUAL[name] and value != _USUAL[name]}
    given["lines"] = list(map(_line_values, content.lines))
    if content.early_payment_discounts is not None:
        given["early_payment_discounts"] = [list(each) for each in content.early_payment_discounts]
    if content.particulars:
        given["particulars"] = particulars_values(content.particulars)
    return given


def content_from(values: dict[str, Any]) -> NewInvoice:
    """Read it."""
    return NewInvoice(**values | _read(values, _PARTS))


def _without(values: dict[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value != usual.get(name, MISSING)}


def _read(values: dict[str, Any], parts: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {name: parts[name](values[name]) for name in parts.keys() & values.keys() if values[name] is not None}


def _line_values(line: NewLine) -> dict[str, Any]:
    values = _without(line._asdict(), NewLine._field_defaults)
    return values | ({"particulars": line_particulars_values(line.particulars)} if line.particulars else {})


def _line(values: dict[str, Any]) -> NewLine:
    return NewLine(**values | _read(values, _PARTS_OF_LINE))


def _adjustments(values: list[dict[str, Any]]) -> tuple[NewAdjustment, ...]:
    return tuple(NewAdjustment(**each | _read(each, _PARTS_OF_ADJUSTMENT)) for each in values)


def _document_adjustments(values: list[dict[str, Any]]) -> tuple[NewDocumentAdjustment, ...]:
    return tuple(NewDocumentAdjustment(**each | _read(each, _PARTS_OF_ADJUSTMENT)) for each in values)


def _withholdings(values: list[dict[str, Any]]) -> tuple[NewWithholding, ...]:
    return tuple(NewWithholding(**each | {"rate": Decimal(each["rate"])}) for each in values)


def _prepayments(values: list[dict[str, Any]]) -> tuple[NewPrepayment, ...]:
    return tuple(
        NewPrepayment(**each | {name: decimal(each[name]) for name in ("amount", "tax")} | dates(each, "paid_on"))
        for each in values
    )


_PARTS_OF_ADJUSTMENT: dict[str, Callable[[Any], Any]] = {
    "amount": Decimal,
    "percentage": Decimal,
    "tax_rate": Decimal,
    "taxes": taxes_from,
}
_PARTS_OF_LINE: dict[str, Callable[[Any], Any]] = {
    "quantity": Decimal,
    "unit_price": Decimal,
    "price_quantity": Decimal,
    "tax_rate": Decimal,
    "discount": discount_from,
    "taxes": taxes_from,
    "charges": _adjustments,
    "allowances": _adjustments,
    "service_period": service_period_from,
    "particulars": line_particulars_from,
}
_PARTS: dict[str, Callable[[Any], Any]] = {
    "lines": lambda found: tuple(map(_line, found)),
    "issue_date": date.fromisoformat,
    "due_date": date.fromisoformat,
    "early_payment_discounts": lambda found: tuple(EarlyPaymentDiscount(Decimal(each[0]), each[1]) for each in found),
    "tax_rate": Decimal,
    "exchange_rate": Decimal,
    "discount": discount_from,
    "taxes": taxes_from,
    "charges": _document_adjustments,
    "allowances": _document_adjustments,
    "withholdings": _withholdings,
    "prepayments": _prepayments,
    "rounding": rounding_choice_from,
    "service_period": service_period_from,
    "particulars": particulars_from,
}
"""How parts are read that are no texts."""
