"""Erasures that are under way."""

from typing import Any

from invoicing.domain.erasure.erasure import Erasure
from invoicing.domain.invoices.invoice_walk import due_work_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def erasure_from(values: dict[str, Any]) -> Erasure:
    """Read the erasure of an unpacked item."""
    return Erasure(**values | item_codec.instants(values, "due_at"))


@stores(Erasure)
class ErasureRecord(JobRecord):
    """An erasure of a customer's documents."""

    read = erasure_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
