"""Particulars of lines in responses."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from invoicing.domain.invoices.line_particulars import (
    LINE_PARTICULARS,
    NO_LINE_PARTICULARS,
    Attribute,
    Classification,
    LineParticulars,
)
from invoicing.domain.invoices.units import unit_code_of


class ClassificationOutput(TypedDict):
    """A code of an item in a classification."""

    scheme: str
    code: str
    version: str | None


class AttributeOutput(TypedDict):
    """A property of an item and its value."""

    name: str
    value: str


class LineParticularsOutput(TypedDict):
    """What a line says beside its figures; ``unit_code`` is that of ``unit`` where the client gave none."""

    details: str | None
    note: str | None
    unit_code: str | None
    gtin: str | None
    buyer_item_id: str | None
    classifications: list[ClassificationOutput]
    country_of_origin: str | None
    attributes: list[AttributeOutput]
    order_line: str | None
    accounting_reference: str | None


def particulars_columns(columns: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Return the particulars of lines by column; without those of which no line has any."""
    units, particulars = columns["unit"], columns["particulars"]
    found: dict[str, Sequence[Any]] = {}
    if any(particulars):
        some = [each or NO_LINE_PARTICULARS for each in particulars]
        found = {name: [getattr(each, name) for each in some] for name in LINE_PARTICULARS}
        found["unit_code"] = list(map(unit_code_of, units, particulars))
    elif any(units):
        codes = {unit: unit_code_of(unit, None) for unit in set(units)}
        found["unit_code"] = list(map(codes.__getitem__, units))
    return found


def given_particulars_output(particulars: LineParticulars | None) -> LineParticularsOutput:
    """Return the particulars of a line as the client gave them."""
    given = particulars or NO_LINE_PARTICULARS
    return LineParticularsOutput(
        details=given.details,
        note=given.note,
        unit_code=given.unit_code,
        gtin=given.gtin,
        buyer_item_id=given.buyer_item_id,
        classifications=list(map(classification_output, given.classifications)),
        country_of_origin=given.country_of_origin,
        attributes=list(map(attribute_output, given.attributes)),
        order_line=given.order_line,
        accounting_reference=given.accounting_reference,
    )


def classification_output(each: Classification) -> ClassificationOutput:
    """Return a code in a classification."""
    return ClassificationOutput(scheme=each.scheme, code=each.code, version=each.version)


def attribute_output(each: Attribute) -> AttributeOutput:
    """Return a property and its value."""
    return AttributeOutput(name=each.name, value=each.value)
