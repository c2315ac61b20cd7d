"""Bodies of requests about files."""

from typing import Annotated

from pydantic import Field

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Name, Word
from invoicing.domain.files.file import ALLOWED, Purpose
from invoicing.operations.files.create_file import NewFile

LARGEST = max(allowed.size for allowed in ALLOWED.values())


class CreateFileInput(RequestBody):
    """Body of ``POST /files``."""

    purpose: Purpose
    filename: Name
    content_type: Word
    size: Annotated[int, Field(strict=True, ge=1, le=LARGEST, description="The most bytes that the file has.")]

    def file(self) -> NewFile:
        """Convert to the use case's input."""
        return NewFile(
            purpose=self.purpose, filename=self.filename, content_type=self.content_type.lower(), size=self.size
        )
