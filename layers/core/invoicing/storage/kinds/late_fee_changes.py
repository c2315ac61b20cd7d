"""Changes of late fees that are under way."""

from typing import Any

from invoicing.domain.invoices.invoice_walk import due_work_of
from invoicing.domain.late_fees.late_fee_change import LateFeeChange
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def late_fee_change_from(values: dict[str, Any]) -> LateFeeChange:
    """Read the change of an unpacked item."""
    return LateFeeChange(**values | item_codec.instants(values, "due_at"))


@stores(LateFeeChange)
class LateFeeChangeRecord(JobRecord):
    """A change of the late fee of an account or a customer."""

    read = late_fee_change_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
