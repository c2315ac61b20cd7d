"""Changes of late fees that are under way."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.invoices.invoice_walk import due_work_of
from invoicing.domain.late_fees.late_fee_change import LateFeeChange
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import JOBS_SHARD, due_work_values
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def late_fee_change_from(values: dict[str, Any]) -> LateFeeChange:
    """Read the change of an unpacked item."""
    return LateFeeChange(**values | item_codec.instants(values, "due_at"))


@stores(LateFeeChange)
class LateFeeChangeRecord(DocumentRecord):
    """A change of the late fee of an account or a customer."""

    read = late_fee_change_from

    class Meta:
        table_name = TableName("jobs")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @classmethod
    def due_values(cls, entity: LateFeeChange, *, has_clock: bool) -> dict[str, str]:  # noqa: ARG003
        return due_work_values(LateFeeChange.__name__, entity.id, due_work_of(entity), JOBS_SHARD)
