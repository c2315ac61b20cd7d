"""Particulars of lines in request bodies."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import Word
from invoicing.domain.invoices.classification_schemes import CLASSIFICATION_SCHEMES
from invoicing.domain.invoices.line_particulars import Attribute, Classification

MOST_CLASSIFICATIONS = 10
MOST_ATTRIBUTES = 20
LONGEST_NOTE = 500
_GTIN = re.compile("[0-9]{8}|[0-9]{12,14}")


def _unit_code(value: str) -> str:
    from invoicing.domain.invoices.unit_codes import UNIT_CODES  # noqa: PLC0415 - long, and rarely needed

    if value not in UNIT_CODES:
        raise PydanticCustomError(
            "UNIT_CODE_INVALID", "must be a code of UN/ECE Recommendation 20 such as HUR for hours"
        )
    return value


def _gtin(value: str) -> str:
    from stdnum.ean import is_valid  # noqa: PLC0415 - most lines have no GTIN

    if not (_GTIN.fullmatch(value) and is_valid(value)):
        raise PydanticCustomError("GTIN_INVALID", "must be a GTIN of 8, 12, 13 or 14 digits with its check digit")
    return value


def _scheme(value: Any) -> str:
    if type(value) is not str or value not in CLASSIFICATION_SCHEMES:
        raise PydanticCustomError("VALUE_INVALID", "must be a code of UNTDID 7143 such as HS")
    return value


class ClassificationInput(RequestBody):
    """A code of a classification, such as a tariff number."""

    scheme: Annotated[
        str, PlainValidator(_scheme), WithJsonSchema({"type": "string", "enum": list(CLASSIFICATION_SCHEMES)})
    ]
    code: Word
    version: Word | None = None


class AttributeInput(RequestBody):
    """A property of an item and its value."""

    name: Word
    value: Word


def _classifications(given: Sequence[ClassificationInput]) -> tuple[Classification, ...]:
    return tuple(Classification(each.scheme, each.code, each.version) for each in given)


def _attributes(given: Sequence[AttributeInput]) -> tuple[Attribute, ...]:
    return tuple(Attribute(each.name, each.value) for each in given)


LineNote = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=LONGEST_NOTE)]
UnitCode = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_unit_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z0-9]{2,3}$", "maxLength": 3}),
]
Gtin = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_gtin),
    WithJsonSchema({"type": "string", "pattern": f"^({_GTIN.pattern})$", "maxLength": 14}),
]
Classifications = Annotated[
    tuple[Classification, ...],
    converted(Annotated[list[ClassificationInput], Field(max_length=MOST_CLASSIFICATIONS)], _classifications),
]
Attributes = Annotated[
    tuple[Attribute, ...],
    converted(Annotated[list[AttributeInput], Field(max_length=MOST_ATTRIBUTES)], _attributes),
]
