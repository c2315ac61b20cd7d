"""Files that clients upload: what is known of each; those that are never used expire."""

from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.files.file import UNUSED_KEPT, File, Purpose
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def file_from(values: dict[str, Any]) -> File:
    """Read the file of an unpacked item."""
    return File(
        **values | item_codec.instants(values, "created_at", "checked_at") | {"purpose": Purpose(values["purpose"])}
    )


@stores(File)
class FileRecord(DocumentRecord):
    """A file."""

    read = file_from

    class Meta:
        table_name = TableName("files")

    expires_at = NumberAttribute(null=True)

    @classmethod
    def values(cls, entity: File) -> dict[str, Any]:
        unused = expires_at(entity.id, UNUSED_KEPT) if entity.checked_at is None else None
        return super().values(entity) | {"expires_at": unused}
