"""Bodies of requests about templates."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Locale, Name, Text, Word
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.merging import Merge
from invoicing.domain.templates.template import (
    COLUMNS,
    MOST_LANGUAGES,
    Column,
    Font,
    Layout,
    PaperSize,
    PreviewedDocument,
)

MOST_LABELS = 300  # more than we have words, so that each can have another
LONGEST_LABEL = 100
LONGEST_BODY = 10_000
_COLOR = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


def _color(value: str) -> str:
    """Normalize a colour: ``#0a7`` is ``#00aa77``."""
    if not _COLOR.fullmatch(value):
        raise PydanticCustomError("VALUE_INVALID", "must be a colour of 3 or 6 hexadecimal digits such as #0a7")
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == len("rrggbb") else "".join(digit * 2 for digit in digits))


AccentColor = Annotated[
    str,
    StringConstraints(strict=True, max_length=len("#rrggbb")),
    AfterValidator(_color),
    WithJsonSchema({"type": "string", "pattern": f"^{_COLOR.pattern}$", "maxLength": len("#rrggbb")}),
]
Columns = Annotated[list[Column], Field(max_length=len(COLUMNS))]
_Label = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=LONGEST_LABEL)]
_LabelKey = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
Labels = Annotated[dict[_LabelKey, _Label], Field(max_length=MOST_LABELS)]
LabelChanges = Annotated[dict[_LabelKey, _Label | None], Field(max_length=MOST_LABELS)]
"""Words to set or, with null, to take back."""

Body = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_BODY)]


class LocaleTextsInput(RequestBody):
    """Texts and labels in one language; of a change, null takes one back."""

    labels: LabelChanges | None = None
    header: Text | None = None
    footer: Text | None = None
    payment_instructions: Text | None = None
    email_subject: Name | None = None
    email_body: Body | None = None


TextsByLocale = Annotated[dict[Locale, LocaleTextsInput | None], Field(max_length=2 * MOST_LANGUAGES)]
"""Texts by language tag, to set or, with null, to remove; as many as it takes to replace them all."""


class CreateTemplateInput(RequestBody):
    """Body of ``POST /templates``."""

    name: Name
    layout: Layout = "classic"
    accent_color: AccentColor | None = None
    logo: Word | None = None
    font: Font = "sans"
    paper_size: PaperSize | None = None
    columns: Columns = Field(default_factory=lambda: [*COLUMNS])
    labels: Labels = Field(default_factory=dict)
    header: Text | None = None
    footer: Text | None = None
    payment_instructions: Text | None = None
    email_subject: Name | None = None
    email_body: Body | None = None
    texts_by_locale: TextsByLocale = Field(default_factory=dict)

    def design(self) -> dict[str, Any]:
        """Return the fields of the design that were sent."""
        values = _values_of(self)
        del values["name"]
        return values


class UpdateTemplateInput(RequestBody):
    """Body of ``PATCH /templates/{template_id}``: a missing field stays, null removes a value, labels merge."""

    # Factories instead of defaults: these fields can be changed, and none removed.
    name: Name = Field(default_factory=str)
    layout: Layout = Field(default_factory=lambda: "classic")
    accent_color: AccentColor | None = None
    logo: Word | None = None
    font: Font = Field(default_factory=lambda: "sans")
    paper_size: PaperSize | None = None
    columns: Columns = Field(default_factory=list)
    labels: LabelChanges | None = None
    header: Text | None = None
    footer: Text | None = None
    payment_instructions: Text | None = None
    email_subject: Name | None = None
    email_body: Body | None = None
    texts_by_locale: TextsByLocale | None = None

    def values(self) -> dict[str, Any]:
        """Return the fields that were sent; labels as a `Merge`, or none at all after null."""
        values = _values_of(self)
        if "labels" in values:
            values["labels"] = {} if self.labels is None else Merge(self.labels, dict)
        return values


class PreviewTemplateInput(RequestBody):
    """Body of ``POST /templates/{template_id}/preview``: without an ``invoice_id`` a sample is shown."""

    document: PreviewedDocument = "invoice"
    format: Literal["pdf", "html"] = "pdf"
    invoice_id: Word | None = None


def _values_of(body: CreateTemplateInput | UpdateTemplateInput) -> dict[str, Any]:
    """Return the fields that were sent, columns in the order of documents."""
    values = body.model_dump(exclude_unset=True)
    if "columns" in values:
        values["columns"] = tuple(column for column in COLUMNS if column in body.columns)
    if "texts_by_locale" in values:
        values["texts_by_locale"] = Merge(values["texts_by_locale"] or {}, _texts) if body.texts_by_locale else {}
    return values


def _texts(**texts: Any) -> dict[str, Any]:
    """Return texts by language, without languages that have none."""
    if len(texts) > MOST_LANGUAGES:
        message = f"texts_by_locale must have at most {MOST_LANGUAGES} languages, those that stay included."
        raise ValidationFailed(Detail("texts_by_locale", message, "TOO_MANY"))
    given = {tag: {name: text for name, text in own.items() if text} for tag, own in texts.items()}
    return {tag: own for tag, own in given.items() if own}
