"""Imports in responses."""

from datetime import datetime, timedelta
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.files.types import CSV, JSONL
from invoicing.domain.imports.data_import import RESULTS_KEPT, UNDER_WAY, Import
from invoicing.operations.imports._store import ImportStore

ERRORS_LIVE = timedelta(hours=24)
"""How long a link to the failed rows works."""

_TYPES = {"csv": CSV, "jsonl": JSONL}


class ImportFailureOutput(TypedDict):
    """Why nothing of a file was imported."""

    code: str
    message: str


class RowWarningOutput(TypedDict):
    """What is doubtful in a row that was taken; ``line`` counts the lines of the file from 1."""

    line: int
    field: str
    code: str
    message: str


class RaisedSeriesOutput(TypedDict):
    """A number series that goes on behind imported numbers, in a period."""

    series_id: str
    period: str
    next: int
    next_number: str


class ImportOutput(TypedDict):
    """An import; ``rows`` is null until the whole file was checked.

    The counts are rows, and add up to ``processed``. ``warnings`` are the first 100 of ``warnings_count``.
    """

    id: str
    type: str
    format: str
    status: str
    dry_run: bool
    reminders: bool
    file: str | None
    size: int
    rows: int | None
    processed: int
    created: int
    updated: int
    skipped: int
    failed: int
    warnings_count: int
    warnings: list[RowWarningOutput]
    number_series: list[RaisedSeriesOutput]
    error: ImportFailureOutput | None
    created_at: str
    started_at: str | None
    completed_at: str | None


class ImportWithErrorsOutput(ImportOutput):
    """An import with a link to its failed rows, which works without a key for 24 hours; null where there are none."""

    errors_url: str | None


def import_output(data_import: Import) -> ImportOutput:
    """Write an import."""
    counts, failure = data_import.counts, data_import.failure
    return ImportOutput(
        id=data_import.id,
        type=data_import.type,
        format=data_import.format,
        status=str(data_import.status),
        dry_run=data_import.dry_run,
        reminders=data_import.reminders,
        file=data_import.file_id,
        size=data_import.size,
        rows=data_import.rows,
        processed=counts.processed,
        created=counts.created,
        updated=counts.updated,
        skipped=counts.skipped,
        failed=counts.failed,
        warnings_count=counts.warnings,
        warnings=[
            RowWarningOutput(line=each.line, field=each.field, code=each.code, message=each.message)
            for each in data_import.warnings
        ],
        number_series=[
            RaisedSeriesOutput(
                series_id=each.series_id, period=each.period, next=each.next_value, next_number=each.next_number
            )
            for each in data_import.raised
        ],
        error=ImportFailureOutput(code=failure.code, message=failure.message) if failure else None,
        created_at=timestamp(data_import.created_at),
        started_at=timestamp(data_import.started_at) if data_import.started_at else None,
        completed_at=timestamp(data_import.completed_at) if data_import.completed_at else None,
    )


def import_with_errors_output(data_import: Import, objects: ImportStore, now: datetime) -> ImportWithErrorsOutput:
    """Write an import with a link to its failed rows while they are kept."""
    url = None
    if data_import.has_errors_file and now < data_import.created_at + RESULTS_KEPT:
        name = f"{data_import.id}-errors.{data_import.format}"
        seconds = int(ERRORS_LIVE.total_seconds())
        url = objects.link_to_file(data_import.errors, name, _TYPES[data_import.format], seconds)
    return ImportWithErrorsOutput(**import_output(data_import), errors_url=url)


def import_links(data_import: Import) -> dict[str, str | None]:
    """Return the paths of what belongs to an import; one that is under way can be stopped."""
    own = f"/imports/{data_import.id}"
    file = f"/files/{data_import.file_id}" if data_import.file_id else None
    return {"self": own, "file": file, "stop": own if data_import.status in UNDER_WAY else None}
