"""What a tick costs from 1,000 to 100,000 open invoices, of which ten are due.

    python -m benchmarks.due_work [--sizes 1000 10000 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml. A tick reads what is due from each shard
and queues it; then each entry is done. tests/storage/test_flat_ticks.py holds a small version to the same requests.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import Meter, local_database, put
from invoicing.domain.due_work import DueEntry
from invoicing.domain.events.event import Actor
from invoicing.domain.invoices.invoice import Invoice
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.schedules.start_due_work import start_due_work
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import an_account, an_issued_invoice
from tests.fake_due_work import FakeDueWorkQueue

SIZES = (1_000, 10_000, 100_000)
DUE = 10
NOW = datetime(2027, 1, 4, tzinfo=UTC)


class Tick:
    """A tick over the invoices of one account, and the work that follows."""

    def __init__(self, database: Database, meter: Meter, size: int) -> None:
        self._account = f"acc_{size:032x}"
        self._store, self._index = DynamoStore(database, 13), DynamoDueWork(database)
        self._meter = meter
        put(database, [("accounts", an_account(account=self._account))])
        for batch in batched(self._open_invoices(size), 25, strict=False):
            put(database, [("invoices", invoice) for invoice in batch])
        self.found: list[DueEntry] = []

    def run(self) -> str:
        """What the tick costs; `found` has what it queued of this account."""
        queue = FakeDueWorkQueue()
        self._meter.take()
        start_due_work(self._index, queue, NOW)
        cost = self._meter.take()
        self.found = [entry for entry in queue.queued if entry.account == self._account]
        return cost

    def work(self) -> str:
        """What it costs to do all that `found` has."""
        self._meter.take()
        for entry in self.found:
            run_due_work(entry, self._uow, self._index)
        return self._meter.take()

    def _open_invoices(self, size: int) -> Iterator[Invoice]:
        base = an_issued_invoice(account=self._account)
        for number in range(size):
            at = NOW - timedelta(minutes=number) if number < DUE else NOW + timedelta(minutes=number)
            due_date = (at - timedelta(days=1)).date()
            yield replace(base, id=f"inv_{number:032x}", due_date=due_date, next_overdue_at=at)

    def _uow(self, changes: ChangeSet) -> UnitOfWork:
        return UnitOfWork(
            account=self._account, actor=Actor("schedule", "run_due_work"), real_now=NOW, store=self._store,
            new_id=new_id, new_secret=new_secret, changes=changes,
        )  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes: list[int] = arguments.parse_args().sizes
    print("Requests / read units\n")
    print("| open invoices | due | a tick | to do what is due | the next tick |")
    print("|---|---|---|---|---|")
    for size in sizes:
        with local_database() as database:
            tick = Tick(database, Meter(database), size)
            print(f"| {size:,} | {DUE} | {tick.run()} | {tick.work()} | {tick.run()} |", flush=True)


if __name__ == "__main__":
    main()
