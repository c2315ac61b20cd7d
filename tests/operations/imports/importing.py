"""Imports on a store in memory, slice by slice as the queue of due work hands them out."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from invoicing.api.imports.reader import ImportRows
from invoicing.domain.imports.data_import import Import, ImportRun, Reading
from invoicing.operations.imports._job import run_job
from invoicing.operations.imports._ports import ImportPorts
from invoicing.operations.imports.create_import import NewImport, create_import
from invoicing.operations.unit_of_work.ports import RealTime
from tests.builders import PAGE_URL
from tests.fake_due_work import FakeDueWorkQueue
from tests.fake_files import FakeFileStore
from tests.fakes import FakeStore
from tests.office import Office
from tests.outside import Outside


@dataclass
class Importing:
    """What an office imports; ``real_now`` is what slices look at."""

    office: Office
    store: FakeStore
    objects: FakeFileStore = field(default_factory=FakeFileStore)
    queue: FakeDueWorkQueue = field(default_factory=FakeDueWorkQueue)
    real_now: Callable[[], datetime] | None = None

    def begin(self, data: str | bytes | None, of: str = "customers", **options: Any) -> Import:
        """POST /imports."""
        text = "" if isinstance(data, bytes) else data
        reading = Reading(**{name: options.pop(name) for name in list(options) if name in Reading.__slots__})
        new = NewImport(**{"type": of, "format": "csv", "data": text, "reading": reading} | options)
        made = self.office.run_use_case(lambda uow: create_import(uow, new, self.objects, page_url=PAGE_URL))
        if isinstance(data, bytes):
            self.objects.kept[made.source] = data
            made = replace(made, size=len(data))
            self.store.keep(made)
        return made

    def slice(self) -> None:
        """One slice."""
        real_now = self.real_now or (lambda: self.office.now)
        ports = ImportPorts(
            objects=self.objects, reader=ImportRows(), queue=self.queue, real_time=RealTime(real_now, lambda _: None)
        )
        run_job(self.office.uow, None, None, Outside(imports=ports))

    def run(self, data: str | bytes, of: str = "customers", **options: Any) -> Import:
        """Import all of it; return how it ended."""
        made = self.begin(data, of, **options)
        while self.store.all(ImportRun):
            self.slice()
        return self.read(made.id)

    def read(self, import_id: str) -> Import:
        """GET /imports/{import_id}."""
        found: Import = self.store.entities[Import, self.office.account, import_id]
        return found

    def errors(self, ended: Import, delimiter: str = ",") -> list[dict[str, Any]]:
        """The rows of the file of errors."""
        content = self.objects.kept[ended.errors].decode("utf-8-sig")
        if ended.format == "jsonl":
            return [json.loads(line) for line in content.splitlines()]
        return list(csv.DictReader(content.splitlines(), delimiter=delimiter))


def counted(ended: Import) -> tuple[int, int, int, int]:
    """Rows created, updated, skipped, failed; they add up to all rows."""
    counts = ended.counts
    if ended.status in {"completed", "completed_with_errors"}:
        assert counts.processed == ended.rows
    return counts.created, counts.updated, counts.skipped, counts.failed
