"""Bodies of requests about imports."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Word
from invoicing.domain.imports.data_import import MOST_INLINE, DateFormat, DecimalSign, Delimiter, Encoding, Reading
from invoicing.operations.imports.create_import import NewImport

Data = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=MOST_INLINE)]

_OF_CSV = ("delimiter", "decimal", "date_format")


class CreateImportInput(RequestBody):
    """Body of ``POST /imports``: the rows are those of a file, or ``data``."""

    type: Literal["customers", "invoices"]
    format: Literal["csv", "jsonl"]
    file: Word | None = None
    data: Data | None = None
    dry_run: Annotated[bool, Field(strict=True)] = False
    reminders: Annotated[bool, Field(strict=True)] = False
    encoding: Encoding | None = None
    delimiter: Delimiter | None = None
    decimal: DecimalSign | None = None
    date_format: DateFormat | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.file is None) == (self.data is None):
            raise PydanticCustomError("SOURCE_INVALID", "must have either file or data")
        return self

    @model_validator(mode="after")
    def _options_fit(self) -> Self:
        given = [name for name in _OF_CSV if getattr(self, name) is not None]
        if self.format == "jsonl" and given:
            raise PydanticCustomError("OPTION_INVALID", "must not have {names} with jsonl", {"names": ", ".join(given)})
        if self.data is not None and self.encoding not in {None, "utf-8"}:
            raise PydanticCustomError("OPTION_INVALID", "must not have another encoding than utf-8 with data")
        return self

    def new_import(self) -> NewImport:
        """Convert to the use case's input."""
        return NewImport(
            type=self.type,
            format=self.format,
            file_id=self.file,
            data=self.data,
            dry_run=self.dry_run,
            reminders=self.reminders,
            reading=Reading(
                encoding=self.encoding or "utf-8",
                delimiter=self.delimiter,
                decimal=self.decimal or ".",
                date_format=self.date_format or "YYYY-MM-DD",
            ),
        )
