"""Events of imports."""

from typing import TYPE_CHECKING, Literal, TypedDict

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType

if TYPE_CHECKING:
    from invoicing.domain.imports.data_import import Import


class ImportSummary(TypedDict):
    """An import in events."""

    id: str
    object: Literal["import"]
    type: str
    status: str
    dry_run: bool
    version: int
    rows: int | None
    created: int
    updated: int
    skipped: int
    failed: int
    created_at: str


def import_summary(data_import: "Import") -> ImportSummary:
    """Summarize an import: how it ended, and what became of its rows."""
    counts = data_import.counts
    return {
        "id": data_import.id,
        "object": "import",
        "type": data_import.type,
        "status": str(data_import.status),
        "dry_run": data_import.dry_run,
        "version": data_import.version,
        "rows": data_import.rows,
        "created": counts.created,
        "updated": counts.updated,
        "skipped": counts.skipped,
        "failed": counts.failed,
        "created_at": instant_text(data_import.created_at),
    }


IMPORT_COMPLETED: "EventType[Import]" = EventType(
    "import.completed",
    "An import ended, was refused as a whole, or was stopped; `status` says which, and the counts what became of its "
    "rows.",
    import_summary,
)
