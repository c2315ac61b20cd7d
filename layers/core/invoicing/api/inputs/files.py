"""Bodies of requests about files."""

from typing import Annotated, Literal

from pydantic import PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Name, Word, whole_number_check, whole_number_schema
from invoicing.domain.files.file import ALLOWED, Purpose
from invoicing.operations.files.create_file import NewFile

LARGEST = max(allowed.size for allowed in ALLOWED.values())


class CreateFileInput(RequestBody):
    """Body of ``POST /files``."""

    purpose: Literal["attachment", "logo", "import"]
    filename: Name
    content_type: Word
    size: Annotated[int, PlainValidator(whole_number_check(1, LARGEST)), whole_number_schema(1, LARGEST)]

    def file(self) -> NewFile:
        """Convert to the use case's input."""
        return NewFile(
            purpose=Purpose(self.purpose),
            filename=self.filename,
            content_type=self.content_type.lower(),
            size=self.size,
        )
