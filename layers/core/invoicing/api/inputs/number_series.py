"""Bodies of requests about number series."""

from typing import Annotated, Any

from pydantic import Field, PlainValidator, StringConstraints

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Name, whole_number_check, whole_number_schema
from invoicing.domain.numbering.settings import LONGEST_PATTERN, DocumentType, Reset

Pattern = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_PATTERN)]
NextValue = Annotated[int, PlainValidator(whole_number_check(1, 10**9)), whole_number_schema(1, 10**9)]


class CreateNumberSeriesInput(RequestBody):
    """Body of ``POST /number-series``; ``next`` is what the next number of today's period counts."""

    name: Name
    document_type: DocumentType
    pattern: Pattern
    next: NextValue = 1
    reset: Reset = "yearly"
    default: Annotated[bool, Field(strict=True)] = False

    def values(self) -> dict[str, Any]:
        """Return the fields of the series, and ``next``."""
        return self.model_dump()


class UpdateNumberSeriesInput(RequestBody):
    """Body of ``PATCH /number-series/{id}``: a missing field stays."""

    # Factories instead of defaults: every field can be changed, and none removed.
    name: Name = Field(default_factory=str)
    pattern: Pattern = Field(default_factory=str)
    next: NextValue = Field(default_factory=int)
    reset: Reset = Field(default_factory=lambda: "yearly")
    default: Annotated[bool, Field(strict=True)] = Field(default_factory=bool)

    def values(self) -> dict[str, Any]:
        """Return the fields that were sent."""
        return self.model_dump(exclude_unset=True)
