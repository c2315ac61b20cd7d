"""Exports on a store in memory, slice by slice as the queue of due work hands them out."""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from invoicing import exact_json
from invoicing.api.exports.writer import ExportRows
from invoicing.domain.exports.export import Export, ExportRun
from invoicing.domain.exports.writing import Writing
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.exports._job import run_job
from invoicing.operations.exports._ports import ExportPorts
from invoicing.operations.exports.create_export import NewExport, create_export
from invoicing.operations.unit_of_work.ports import RealTime
from tests.builders import NOW, a_customer, a_line, a_new_invoice, an_issued_invoice
from tests.fake_due_work import FakeDueWorkQueue
from tests.fake_event_log import FakeEventLog
from tests.fake_files import FakeFileStore
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.outside import Outside

MARCH = date(2026, 3, 1), date(2026, 3, 31)
DAY = timedelta(days=1)


@dataclass
class Exporting:
    """What an office exports; ``real_now`` is what slices look at."""

    office: Office
    store: FakeStore
    objects: FakeFileStore = field(default_factory=FakeFileStore)
    queue: FakeDueWorkQueue = field(default_factory=FakeDueWorkQueue)
    real_now: Callable[[], datetime] | None = None

    def begin(self, of: str = "invoices", written_as: str = "csv", **options: Any) -> Export:
        """POST /exports, and the time until its first slice is due."""
        writing = Writing(**{name: options.pop(name) for name in list(options) if name in Writing.__slots__})
        first, last = options.pop("period", MARCH)
        values = {"type": of, "format": written_as, "start_date": first, "end_date": last, "writing": writing}
        new = NewExport(**values | options)
        made = self.office.run_use_case(lambda uow: create_export(uow, new, api_url="https://api.example/v1/invoicing"))
        self.office.now += timedelta(minutes=2)
        return made

    def slice(self) -> None:
        """One slice of each export under way."""
        for run in self.store.all(ExportRun):
            run_job(self.office.uow, None, None, Outside(exports=self.ports()), run.id)

    def ports(self) -> ExportPorts:
        """What the slices use."""
        return ExportPorts(
            objects=self.objects,
            writer=ExportRows(),
            ledger=FakeLedger(self.store),
            events=FakeEventLog(self.store),
            events_kept=13,
            queue=self.queue,
            real_time=RealTime(self.real_now or (lambda: self.office.now), lambda _: None),
        )

    def finish(self, export: Export) -> Export:
        """Slices, with the time between them, until the export has ended."""
        while self.store.all(ExportRun):
            self.slice()
            self.office.now += timedelta(minutes=6)
        return self.read(export.id)

    def run(self, of: str = "invoices", written_as: str = "csv", **options: Any) -> Export:
        """Export all of it; return how it ended."""
        return self.finish(self.begin(of, written_as, **options))

    def read(self, export_id: str) -> Export:
        """GET /exports/{export_id}."""
        found: Export = self.store.entities[Export, self.office.account, export_id]
        return found

    def file(self, export: Export) -> bytes:
        """The file; its hash and size are those of the export."""
        content = self.objects.kept[export.content or ""]
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (export.sha256, export.size)
        return content

    def table(self, export: Export, encoding: str = "utf-8") -> list[dict[str, str]]:
        """The rows of a table."""
        text = self.file(export).decode(encoding)
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=export.writing.delimiter, strict=True))
        assert len(rows) == export.rows
        return rows

    def lines(self, export: Export) -> list[Any]:
        """The objects of JSON Lines."""
        return [exact_json.loads(line) for line in self.file(export).splitlines()]

    def issue(self, count: int, **overrides: Any) -> list[Invoice]:
        """Keep issued invoices of March, three each day."""
        issued = an_issued_invoice(a_new_invoice(a_line("1", "10.00", "0.19")))
        made = [replace(issued, **(self._particulars(number) | overrides)) for number in range(count)]
        self.store.keep(*made)
        return made

    @staticmethod
    def _particulars(number: int) -> dict[str, Any]:
        at = NOW - DAY + timedelta(seconds=number)
        day = MARCH[0] + number // 3 % 31 * DAY
        own = {"id": f"inv_{number:05}", "number": f"A-{number}"}
        return own | {"issue_date": day, "created_at": at, "sent_at": at}

    def customers(self, count: int) -> None:
        """Keep customers beside the first."""
        self.store.keep(*(a_customer(id=f"cust_{number:03}") for number in range(count)))
