"""The exports that are under way."""

from typing import Any

from invoicing.domain.exports.export import ExportRun, due_work_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def export_run_from(values: dict[str, Any]) -> ExportRun:
    """Read the run of an unpacked item."""
    return ExportRun(**values | item_codec.instants(values, "due_at"))


@stores(ExportRun)
class ExportRunRecord(JobRecord):
    """An export that an account has under way."""

    read = export_run_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
