"""What exports need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.exports.export import Export, Part
from invoicing.operations.unit_of_work.ports import DueWorkQueue, EventLog, Ledger, RealTime


class ExportStore(Protocol):
    """Stores the files of exports."""

    def fetch(self, name: str) -> bytes | None:
        """Return all bytes of an object, or None when there is none of that name."""

    def fetch_range(self, name: str, offset: int, length: int) -> bytes:
        """Return bytes of an object from an offset on, fewer at its end."""

    def replace(self, name: str, content: bytes) -> None:
        """Store content in place of any of that name."""

    def begin_upload(self, name: str) -> str:
        """Begin an object of several parts; return the id of its upload."""

    def upload_part(self, name: str, upload_id: str, number: int, content: bytes) -> str:
        """Upload a part, of at least `SMALLEST_PART` bytes unless it is the last; return its tag."""

    def complete_upload(self, name: str, upload_id: str, parts: Sequence[Part]) -> None:
        """Make the object of these parts; that it was made so before is no error."""


class ExportDownloads(Protocol):
    """Makes links to the files of exports."""

    def link_to_file(self, name: str, file_name: str, content_type: str, seconds: int) -> str:
        """Return a URL that saves a file under a name, without a key for that many seconds."""


class ExportWriter(Protocol):
    """Writes entities as the API shows them."""

    def header(self, export: Export) -> bytes:
        """Return what the file begins with."""

    def rows(self, export: Export, entities: Sequence[Any], now: datetime) -> list[bytes]:
        """Return the rows of some entities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPorts:
    """What exports need from outside; events are kept for ``events_kept`` months."""

    objects: ExportStore
    writer: ExportWriter
    ledger: Ledger
    events: EventLog
    events_kept: int
    queue: DueWorkQueue
    real_time: RealTime
