"""What it takes to import thousands of rows.

    python -m benchmarks.imports [--rows 10000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml and the file in memory; slices run one after
the other, as the queue of due work hands them out.
"""

import argparse
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import local_database, put
from benchmarks.recurring import Meter
from invoicing.api.imports.reader import ImportRows
from invoicing.domain.events.event import Actor
from invoicing.domain.imports.data_import import IMPORT_RUN, Import, ImportRun
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.imports._job import run_job
from invoicing.operations.imports._ports import ImportPorts
from invoicing.operations.imports.create_import import NewImport, create_import
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import an_account
from tests.fake_due_work import FakeDueWorkQueue
from tests.fake_files import FakeFileStore
from tests.outside import Outside

CUSTOMERS = 100
"""The customers that the invoices are of."""


@dataclass
class Importing:
    """An account that imports; ``slices`` counts them."""

    database: Database
    account: str = "acc_import"
    slices: int = 0
    objects: FakeFileStore = field(default_factory=FakeFileStore)

    def __post_init__(self) -> None:
        """Make the account."""
        self.store = DynamoStore(self.database, 13)
        put(self.database, [("accounts", an_account(account=self.account))])

    def run(self, of: str, data: str) -> Import:
        """Import all rows; return how it ended."""
        new = NewImport(type="customers" if of == "customers" else "invoices", format="csv", data=data)
        made = run_use_case(self._uow, lambda uow: create_import(uow, new, self.objects, page_url=""))
        ports = ImportPorts(
            objects=self.objects,
            reader=ImportRows(),
            queue=FakeDueWorkQueue(),
            real_time=RealTime(lambda: datetime.now(UTC), time.sleep),
        )
        while self.store.find(Ref(ImportRun, self.account, IMPORT_RUN)):
            run_job(self._uow, None, None, Outside(imports=ports))
            self.slices += 1
        ended = self.store.find(Ref(Import, self.account, made.id))
        if ended is None:
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


def customers(count: int) -> str:
    """Rows of customers."""
    rows = (f"cust_{number},Customer {number},c{number}@x.example,Main St 1,Berlin" for number in range(count))
    return "\n".join(("id,name,email,address.line1,address.city", *rows)) + "\n"


def invoices(count: int) -> str:
    """Rows of invoices of one line, of which half are paid."""
    head = (
        "invoice_number,customer_id,issue_date,due_date,currency,description,quantity,unit_price,tax_rate,total,"
        "amount_paid,paid_date"
    )
    rows = (
        f"INV-2025-{number:05},cust_{number % CUSTOMERS},2025-03-01,2025-03-31,USD,Consulting,10,120,0.2,1440,"
        + ("1440,2025-03-20" if number % 2 else ",")
        for number in range(1, count + 1)
    )
    return "\n".join((head, *rows)) + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000)
    rows: int = arguments.parse_args().rows
    print("| | rows | slices | seconds | rows a second | requests a row | read units a row | write units a row |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    with local_database() as database:
        importing, meter = Importing(database), Meter(database)
        for name, of, data in (
            ("customers", "customers", customers(rows)),
            ("the same again", "customers", customers(rows)),
            ("invoices", "invoices", invoices(rows)),
            ("the same again", "invoices", invoices(rows)),
        ):
            before, read_before, slices, begun = (
                meter.requests.total(),
                meter.read_units,
                importing.slices,
                time.monotonic(),
            )
            ended = importing.run(of, data)
            took = time.monotonic() - begun
            if ended.counts.failed or ended.counts.processed != rows:
                raise SystemExit(f"{name}: {ended}")
            requests, read = meter.requests.total() - before, meter.read_units - read_before
            written = _weigh(importing, meter, of) if ended.counts.created else 0.0
            print(
                f"| {name} | {rows:,} | {importing.slices - slices} | {took:.0f} | {rows / took:.0f} "
                f"| {requests / rows:.2f} | {read / rows:.1f} | {written:.1f} |",
                flush=True,
            )


def _weigh(importing: Importing, meter: Meter, of: str) -> float:
    """Write units of a row, of 50 others that are written one after the other."""
    rows = customers(50).replace("cust_", "cust_w") if of == "customers" else invoices(50).replace("INV-2025", "W")
    meter.weighed, meter.weighs = [], True
    importing.run(of, rows)
    meter.weighs = False
    return sum(meter.weighed) / 50


if __name__ == "__main__":
    main()
