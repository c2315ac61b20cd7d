"""An export under way: its next slice, and what ends it.

Each write of the export makes a version, and whoever made it may write the objects and the part of that number, so two
at work never write the same. A write is conditional on the version before: of two, one goes on, and what the other has
uploaded is never part of the file. What died is done again from the position of the last write.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from invoicing.domain.due_work import DueEntry, Failure, Work
from invoicing.domain.events.exports import EXPORT_COMPLETED, EXPORT_FAILED
from invoicing.domain.exports.export import LEASE, MOST_BYTES, Export, ExportRun, Part, added
from invoicing.operations.exports._ports import ExportPorts
from invoicing.operations.exports._reading import read_page
from invoicing.operations.exports._totals import totals_of
from invoicing.operations.test_clock._advance import SLICE
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

if TYPE_CHECKING:
    from invoicing.operations.reactions.run_due_work import JobPorts

SMALLEST_PART = 5_242_880
"""Bytes from which what was written becomes a part: S3 takes no smaller ones but the last."""

BLOCK = 8_388_608
"""Bytes of the file that are read at a time for its hash."""

CLOCKS_DIFFER = timedelta(minutes=1)
"""More than the clock of who takes the next slice may be behind."""

Start = Callable[[ChangeSet], UnitOfWork]


class _Lost(Exception):
    """Somebody else has gone on with the export, or stopped it."""


def run_job(
    start: Start, _: object, __: object = None, outside: "JobPorts | None" = None, identifier: str = "", *___: object
) -> list[Work]:
    """Go on with an export of the account for a slice, and queue the next; nothing where another is at work."""
    uow = start(ChangeSet())
    run = uow.find(ExportRun, identifier)
    if run is None or outside is None:
        return []
    ports = outside.exports
    if ports.real_time.now() < run.due_at:
        return []
    try:
        has_more = _Slice(start, ports, run, uow.get(Export, run.export_id)).work()
    except _Lost:
        return []
    if has_more:
        entry = DueEntry(ports.real_time.now(), Work.JOB, run.id, ExportRun.__name__, run.account)
        ports.queue.send([entry])
    return [Work.JOB]


class _Slice:
    """A slice of an export, with the export as it last wrote it, and what was written since."""

    def __init__(self, start: Start, ports: ExportPorts, run: ExportRun, export: Export) -> None:
        self._start = start
        self._ports = ports
        self._objects = ports.objects
        self._until = ports.real_time.now() + SLICE
        self._run = run
        self._export = export
        self._read = export
        self._held: list[bytes] = []

    def work(self) -> bool:
        """Do as much as fits into the slice; return whether there is more."""
        self._commit(self._export.begun, due_at=self._ports.real_time.now() + LEASE)
        self._held = [self._content_so_far()]
        while not self._read.is_read:
            if self._ports.real_time.now() >= self._until:
                self._pause()
                return True
            self._read_page()
            if self._read.size > MOST_BYTES:
                self._fail()
                return False
            if sum(map(len, self._held)) >= SMALLEST_PART:
                self._upload_part()
        self._end()
        return False

    def _content_so_far(self) -> bytes:
        """Return what the file has behind its last part."""
        if self._export.rest:
            return self._objects.fetch(self._export.rest) or b""
        if self._export.parts or self._export.position:
            return b""
        header = self._ports.writer.header(self._export)
        self._read = replace(self._read, size=len(header))
        return header

    def _read_page(self) -> None:
        """Read and write the next entities; nothing of it is kept until the next write of the export."""
        uow = self._start(ChangeSet())
        page = read_page(uow, self._ports, self._read)
        rows = self._ports.writer.rows(self._read, page.entities, uow.now)
        self._held += rows
        self._read = replace(
            self._read,
            position=page.position,
            is_read=page.position is None,
            rows=self._read.rows + len(rows),
            size=self._read.size + sum(map(len, rows)),
            totals=added(self._read.totals, totals_of(self._read.type, page.entities)),
        )

    def _upload_part(self) -> None:
        name = self._export.content or self._export.own_object
        upload_id = self._export.upload_id or self._objects.begin_upload(name)
        number = self._export.version
        part = Part(number, self._objects.upload_part(name, upload_id, number, b"".join(self._held)))
        uploaded = {"content": name, "upload_id": upload_id, "parts": (*self._export.parts, part), "rest": None}
        self._commit(lambda now: self._read.changed(now, **uploaded))
        self._held = []

    def _pause(self) -> None:
        """Keep what is smaller than a part, for the next slice."""
        held = b"".join(self._held)
        rest = self._export.own_object if held else None
        if rest:
            self._objects.replace(rest, held)
        due_at = self._ports.real_time.now() - CLOCKS_DIFFER
        self._commit(lambda now: self._read.changed(now, rest=rest), due_at=due_at)

    def _end(self) -> None:
        """Make the file, and its hash."""
        if not self._export.upload_id:
            name, content = self._export.own_object, b"".join(self._held)
            self._objects.replace(name, content)
            self._complete(name, hashlib.sha256(content).hexdigest())
            return
        if self._held and any(self._held):
            self._upload_part()
        name = self._export.content or ""
        self._objects.complete_upload(name, self._export.upload_id, self._export.parts)
        digest = hashlib.sha256()
        for offset in range(0, self._export.size, BLOCK):
            digest.update(self._objects.fetch_range(name, offset, BLOCK))
        self._complete(name, digest.hexdigest())

    def _complete(self, name: str, sha256: str) -> None:
        self._commit(lambda now: self._read.ended(now, sha256, name), ends_with=EXPORT_COMPLETED)

    def _fail(self) -> None:
        message = f"The file would have more than {MOST_BYTES // 1_000_000:,} MB; export a shorter period."
        failure = Failure(code="EXPORT_TOO_LARGE", message=message)
        self._commit(lambda now: self._read.failed(now, failure), ends_with=EXPORT_FAILED)

    def _commit(
        self, change: Callable[[datetime], Export], *, due_at: datetime | None = None, ends_with: Any = None
    ) -> None:
        """Write the export unless somebody else has; with ``due_at``, what it waits for, and at its end nothing."""

        def use_case(uow: UnitOfWork) -> tuple[Export, ExportRun]:
            if uow.get(Export, self._export.id).version != self._export.version:
                raise _Lost
            after, run = change(uow.now), self._run
            uow.changes.save(after)
            if ends_with:
                uow.changes.remove(run)
                uow.record(ends_with, after)
            elif due_at:
                run = replace(run, version=run.version + 1, due_at=due_at)
                uow.changes.save(run)
            return after, run

        self._export, self._run = run_use_case(self._start, use_case)
        self._read = self._export
