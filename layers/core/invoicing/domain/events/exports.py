"""Events of exports."""

from typing import TYPE_CHECKING, Literal, TypedDict

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType

if TYPE_CHECKING:
    from invoicing.domain.exports.export import Export


class ExportSummary(TypedDict):
    """An export in events."""

    id: str
    object: Literal["export"]
    type: str
    format: str
    start_date: str
    end_date: str
    status: str
    version: int
    rows: int
    size: int
    sha256: str | None
    created_at: str


def export_summary(export: "Export") -> ExportSummary:
    """Summarize an export: what it is of, and how it ended."""
    return {
        "id": export.id,
        "object": "export",
        "type": export.type,
        "format": export.format,
        "start_date": export.start_date.isoformat(),
        "end_date": export.end_date.isoformat(),
        "status": str(export.status),
        "version": export.version,
        "rows": export.rows,
        "size": export.size,
        "sha256": export.sha256,
        "created_at": instant_text(export.created_at),
    }


EXPORT_COMPLETED: "EventType[Export]" = EventType(
    "export.completed", "The file of an export can be downloaded.", export_summary
)
EXPORT_FAILED: "EventType[Export]" = EventType("export.failed", "An export ended without a file.", export_summary)
