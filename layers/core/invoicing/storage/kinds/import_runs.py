"""The imports that are under way."""

from typing import Any

from invoicing.domain.imports.data_import import ImportRun, due_work_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def import_run_from(values: dict[str, Any]) -> ImportRun:
    """Read the run of an unpacked item."""
    return ImportRun(**values | item_codec.instants(values, "due_at"))


@stores(ImportRun)
class ImportRunRecord(JobRecord):
    """The import that an account has under way."""

    read = import_run_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
