"""Changes of searchable metadata that are under way."""

from typing import Any

from invoicing.domain.invoices.invoice_walk import due_work_of
from invoicing.domain.lists.metadata_change import MetadataChange
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def metadata_change_from(values: dict[str, Any]) -> MetadataChange:
    """Read the change of an unpacked item."""
    return MetadataChange(**values | item_codec.instants(values, "due_at") | {"keys": tuple(values["keys"])})


@stores(MetadataChange)
class MetadataChangeRecord(JobRecord):
    """A change of an account's searchable metadata."""

    read = metadata_change_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
