"""Exports in responses."""

from datetime import datetime, timedelta
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.exports.export import FILES_KEPT, UNDER_WAY, Export
from invoicing.domain.files.types import CSV, JSONL
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number
from invoicing.operations.exports._ports import ExportDownloads

LINK_LIVES = timedelta(hours=24)
"""How long a link to the file works."""


class ExportFailureOutput(TypedDict):
    """Why there is no file."""

    code: str
    message: str


class ExportTotalOutput(TypedDict):
    """The rows in one currency, and the sums of their amounts by field."""

    currency: str
    rows: int
    amounts: dict[str, Number]


class ExportOutput(TypedDict):
    """An export; ``rows`` and ``size``, in bytes, are what is written by now, ``sha256`` is that of the whole file."""

    id: str
    type: str
    format: str
    start_date: str
    end_date: str
    bom: bool
    delimiter: str
    decimal: str
    status: str
    as_of: str
    rows: int
    size: int
    totals: list[ExportTotalOutput]
    sha256: str | None
    error: ExportFailureOutput | None
    created_at: str
    started_at: str | None
    completed_at: str | None


class ExportWithFileOutput(ExportOutput):
    """An export with a link to its file, which works without a key until ``expires_at``; null where there is none."""

    url: str | None
    expires_at: str | None


def export_output(export: Export) -> ExportOutput:
    """Write an export."""
    return ExportOutput(
        id=export.id,
        type=export.type,
        format=export.format,
        start_date=export.start_date.isoformat(),
        end_date=export.end_date.isoformat(),
        bom=export.writing.bom,
        delimiter=export.writing.delimiter,
        decimal=export.writing.decimal,
        status=str(export.status),
        as_of=timestamp(export.as_of),
        rows=export.rows,
        size=export.size,
        totals=[
            ExportTotalOutput(
                currency=total.currency,
                rows=total.rows,
                amounts={name: number(written(amount, total.currency)) for name, amount in total.amounts.items()},
            )
            for total in export.totals
        ],
        sha256=export.sha256,
        error=ExportFailureOutput(code=export.failure.code, message=export.failure.message) if export.failure else None,
        created_at=timestamp(export.created_at),
        started_at=timestamp(export.started_at) if export.started_at else None,
        completed_at=timestamp(export.completed_at) if export.completed_at else None,
    )


def export_with_file_output(export: Export, objects: ExportDownloads, now: datetime) -> ExportWithFileOutput:
    """Write an export with a link to its file while that is kept; ``now`` is real time."""
    url = expires_at = None
    if export.sha256 and export.content and now < export.asked_at + FILES_KEPT:
        period = f"{export.start_date}-{export.end_date}"
        # DATEV's programs find a file by the beginning of its name.
        name = f"EXTF_{period}.csv" if export.format == "datev" else f"{export.type}-{period}.{_ending(export)}"
        url = objects.link_to_file(export.content, name, _content_type(export), int(LINK_LIVES.total_seconds()))
        expires_at = timestamp(now + LINK_LIVES)
    return ExportWithFileOutput(**export_output(export), url=url, expires_at=expires_at)


def _ending(export: Export) -> str:
    return "jsonl" if export.format == "jsonl" else "csv"


def _content_type(export: Export) -> str:
    if export.format == "jsonl":
        return JSONL
    return f"{CSV}; charset={'windows-1252' if export.format == 'datev' else 'utf-8'}"


def export_links(export: Export) -> dict[str, str | None]:
    """Return the paths of an export; one that is under way can be stopped."""
    own = f"/exports/{export.id}"
    return {"self": own, "stop": own if export.status in UNDER_WAY else None}
