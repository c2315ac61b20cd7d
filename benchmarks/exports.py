"""What it takes to export the documents of many invoices, and how much memory.

    python -m benchmarks.exports [--invoices 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml and the files on disk; slices run one after
the other, as the queue of due work hands them out. Memory is what the process takes at most, beyond what it took before
its first export.
"""

import argparse
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import invoices, local_database, put
from benchmarks.recurring import Meter
from invoicing.api.exports.writer import ExportRows
from invoicing.domain.events.event import Actor
from invoicing.domain.exports.export import Export, ExportRun, Part, run_ids
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.payments.payment import Allocation
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.exports import create_export
from invoicing.operations.exports._job import run_job
from invoicing.operations.exports._ports import ExportPorts
from invoicing.operations.exports.create_export import NewExport
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.event_log import DynamoEventLog
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.store import DynamoStore
from tests.builders import a_customer, a_payment, an_account
from tests.fake_due_work import FakeDueWorkQueue
from tests.outside import Outside

CUSTOMERS = 1_003
PAID = 10
"""Of so many invoices, one is paid and in the ledger: to store documents takes longer than to export them."""

EXPORTS = (
    ("invoices", "csv"),
    ("invoices", "jsonl"),
    ("lines", "csv"),
    ("payments", "csv"),
    ("ledger", "csv"),
    ("ledger", "datev"),
)


class Disk:
    """Objects as files of a folder (`ExportStore`)."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def _path(self, name: str) -> Path:
        return self._folder / name.replace("/", "-")

    def fetch(self, name: str) -> bytes | None:
        """Return all bytes of an object."""
        return self._path(name).read_bytes() if self._path(name).exists() else None

    def fetch_range(self, name: str, offset: int, length: int) -> bytes:
        """Return bytes of an object."""
        with self._path(name).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def replace(self, name: str, content: bytes) -> None:
        """Store an object."""
        self._path(name).write_bytes(content)

    def begin_upload(self, name: str) -> str:
        """Begin an object of several parts."""
        return name

    def upload_part(self, name: str, upload_id: str, number: int, content: bytes) -> str:
        """Store a part."""
        self._path(f"{upload_id}.{number}").write_bytes(content)
        return name

    def complete_upload(self, name: str, upload_id: str, parts: Sequence[Part]) -> None:
        """Join the parts."""
        with self._path(name).open("wb") as file:
            for part in parts:
                path = self._path(f"{upload_id}.{part.number}")
                file.write(path.read_bytes())
                path.unlink()


@dataclass
class Exporting:
    """An account that exports; ``slices`` counts them."""

    database: Database
    folder: str
    account: str = f"acc_{7:032x}"
    slices: int = 0
    store: DynamoStore = field(init=False)

    def __post_init__(self) -> None:
        """Make the account."""
        self.store = DynamoStore(self.database, 13)
        put(self.database, [("accounts", an_account(account=self.account))])

    def fill(self, count: int) -> None:
        """Store invoices of two lines over two years, each tenth with its payment and the ledger entries of both."""
        customers = (a_customer(account=self.account, id=f"cust_{number}") for number in range(CUSTOMERS))
        for few in batched(customers, 25, strict=False):
            put(self.database, [("customers", each) for each in few])
        for some in batched(self._documents(count), 25, strict=False):
            put(self.database, some)

    def _documents(self, count: int) -> Iterator[tuple[str, Any]]:
        for invoice in invoices(self.account, count, CUSTOMERS):
            total = invoice.subtotal + invoice.tax
            made = replace(invoice, status=Status.SENT, sent_at=invoice.created_at, total=total)
            yield "invoices", made
            if int(made.id[4:], 16) % PAID:
                continue
            part = Allocation(invoice_id=made.id, invoice_number=made.number, amount=made.total)
            about: dict[str, Any] = {"account": self.account, "customer_id": made.buyer.id, "currency": made.currency}
            payment = a_payment(
                **about, id=f"pay_{made.id[4:]}", invoice_id=made.id, amount=made.total, allocations=(part,),
                payment_date=made.due_date, created_at=made.created_at, updated_at=made.created_at,
            )  # fmt: skip
            yield "payments", payment
            for movement, day, amount, payment_id in (
                (Movement.INVOICE, made.issue_date, made.total, None),
                (Movement.PAYMENT, made.due_date, -made.total, payment.id),
            ):
                yield "ledger", LedgerEntry(
                    **about, id=f"ent_{made.id[4:-1]}{movement == Movement.PAYMENT:d}", date=day, movement=movement,
                    amount=amount, document=made.number, invoice_id=made.id, payment_id=payment_id,
                    created_at=made.created_at,
                )  # fmt: skip

    def run(self, of: Any, written_as: Any) -> Export:
        """Export all of it; return how it ended."""
        # A DATEV file has one fiscal year.
        first, last = (2026, 2026) if written_as == "datev" else (2020, 2030)
        new = NewExport(type=of, format=written_as, start_date=date(first, 1, 1), end_date=date(last, 12, 31))
        with patch.object(create_export, "SETTLED_AFTER", timedelta()):
            made = run_use_case(self._uow, lambda uow: create_export.create_export(uow, new, api_url="https://api"))
        ports = ExportPorts(
            objects=Disk(self.folder),
            writer=ExportRows(),
            ledger=DynamoLedger(self.database),
            events=DynamoEventLog(self.database),
            events_kept=13,
            queue=FakeDueWorkQueue(),
            real_time=RealTime(lambda: datetime.now(UTC), time.sleep),
        )
        while self.store.find(Ref(ExportRun, self.account, run_ids()[0])):
            run_job(self._uow, None, None, Outside(exports=ports), run_ids()[0])
            self.slices += 1
        ended = self.store.find(Ref(Export, self.account, made.id))
        if ended is None or ended.sha256 is None:
            raise LookupError(made.id)
        return ended

    def _uow(self, changes: ChangeSet) -> UnitOfWork:
        return UnitOfWork(
            account=self.account,
            actor=Actor("schedule", "run_due_work"),
            real_now=datetime.now(UTC),
            store=self.store,
            new_id=new_id,
            new_secret=new_secret,
            changes=changes,
        )


def _memory() -> float:
    """Return the most megabytes that the process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--invoices", type=int, default=100_000)
    count: int = arguments.parse_args().invoices
    print("| export | rows | MB | slices | seconds | CPU seconds | requests | read units a row | more memory, MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    with local_database() as database, TemporaryDirectory() as folder:
        exporting = Exporting(database, folder)
        exporting.fill(count)
        meter, memory = Meter(database), _memory()
        for of, written_as in EXPORTS:
            requests, units, slices = meter.requests.total(), meter.read_units, exporting.slices
            begun, cpu = time.monotonic(), time.process_time()
            ended = exporting.run(of, written_as)
            took, cpu = time.monotonic() - begun, time.process_time() - cpu
            print(
                f"| {of}, {written_as} | {ended.rows:,} | {ended.size / 1e6:.0f} | {exporting.slices - slices} "
                f"| {took:.0f} | {cpu:.0f} | {meter.requests.total() - requests:,} "
                f"| {(meter.read_units - units) / max(1, ended.rows):.1f} | {_memory() - memory:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
