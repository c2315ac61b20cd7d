"""What it takes to make the invoices of schedules that are all due in one tick.

    python -m benchmarks.recurring [--schedules 10000] [--accounts 20] [--at-once 10]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml. A tick queues what is due; as Lambda would,
``--at-once`` invocations take ten entries each until none is left, and what is not possible for now comes again.
tests/storage/test_many_schedules.py holds a small version to its counts.
"""

import argparse
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import local_database, put
from benchmarks.units import WRITTEN, index_units, keys_of_tables, size_of, units_of
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.errors import Unavailable
from invoicing.domain.events.event import Actor
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.schedules.start_due_work import start_due_work
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import a_customer, an_account
from tests.domain.recurring.plans import a_started
from tests.fake_due_work import FakeDueWorkQueue
from tests.storage.tables import NAMES
from tests.template import read_template

NOW = datetime(2027, 1, 1, 9, tzinfo=UTC)
OF_ONE_INVOCATION, AT_ONCE = 10, 10
"""Entries of an invocation, and the most invocations at once, as template.yaml has them."""

WEIGHED = 25
"""Invoices whose transactions are weighed, one after the other: their items are read before and after."""


class Meter:
    """Counts requests, refused transactions and read units, from many threads; ``weighed`` are write units."""

    def __init__(self, database: Database) -> None:
        self.requests: Counter[str] = Counter()
        self.refused = self.read_units = 0.0
        self.weighed: list[int] = []
        self.weighs = False
        self._lock, self._dispatch = Lock(), database.dispatch
        template = read_template()
        by_name = keys_of_tables(template)
        self._keys = {
            name: by_name[template.value({"Ref": f"{kind.title().replace('_', '')}Table"})]
            for kind, name in NAMES.items()
        }
        database.dispatch = self._counted  # type: ignore[method-assign]

    def _counted(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        operation, asked = operation_name, operation_kwargs
        is_write = operation == "TransactWriteItems"
        before = [self._stored(write) for write in asked["TransactItems"]] if is_write and self.weighs else []
        try:
            answer = self._dispatch(operation, asked | {"ReturnConsumedCapacity": "TOTAL"})
        except ClientError:
            with self._lock:
                self.requests[operation] += 1
                self.refused += is_write
            raise
        with self._lock:
            self.requests[operation] += 1
            if not is_write:  # whose units Local gets wrong
                consumed = answer["ConsumedCapacity"]
                parts = consumed if isinstance(consumed, list) else [consumed]
                self.read_units += sum(part["CapacityUnits"] for part in parts) if operation != "UpdateItem" else 0
            if before:
                self.weighed.append(sum(map(self._weight, asked["TransactItems"], before)))
        return answer

    def _weight(self, write: dict[str, Any], before: dict[str, Any] | None) -> int:
        after = self._stored(write)
        ((_, asked),) = write.items()
        larger = max(before, after, key=size_of)
        return 2 * units_of(larger, WRITTEN) + index_units(before, after, self._keys[asked["TableName"]])

    def _stored(self, write: dict[str, Any]) -> dict[str, Any] | None:
        ((_, asked),) = write.items()
        named = asked.get("Key") or asked["Item"]
        key = {name: named[name] for name in self._keys[asked["TableName"]].own}
        answer = self._dispatch("GetItem", {"TableName": asked["TableName"], "Key": key})
        found: dict[str, Any] | None = answer.get("Item")
        return found


class DueMonth:
    """Schedules of several accounts whose first dates fall due at `NOW`, and who makes their invoices."""

    def __init__(self, database: Database, schedules: int, accounts: int) -> None:
        self._store, self._index = DynamoStore(database, 13), DynamoDueWork(database)
        self.accounts = {f"acc_{schedules:016x}{number:016x}": 0 for number in range(accounts)}
        self.invocations = self.again = self.together = self.most_together = 0
        self._lock = Lock()
        names = list(self.accounts)
        for name in names:
            put(database, [("accounts", an_account(account=name)), ("customers", _customer(name))])
        for batch in batched(range(schedules), 25, strict=False):
            put(database, [("invoices", _schedule(names[number % accounts], number)) for number in batch])
        for number in range(schedules):
            self.accounts[names[number % accounts]] += 1

    def tick(self) -> list[DueEntry]:
        """What a tick queues."""
        queue = FakeDueWorkQueue()
        start_due_work(self._index, queue, NOW)
        return [entry for entry in queue.queued if entry.account in self.accounts and entry.work is Work.OCCURRENCE]

    def work_off(self, entries: list[DueEntry], at_once: int) -> None:
        """Do all entries, in so many invocations at once."""
        waiting = deque(batched(entries, OF_ONE_INVOCATION, strict=False))
        while waiting:
            with ThreadPoolExecutor(at_once) as threads:
                failed = [entry for some in threads.map(self._invoke, waiting) for entry in some]
            waiting = deque(batched(failed, OF_ONE_INVOCATION, strict=False))
            self.again += len(failed)

    def numbers(self) -> Iterator[tuple[list[str], list[str]]]:
        """The numbers of each account's invoices in order, and those that they should have."""
        total, accounts = sum(self.accounts.values()), len(self.accounts)
        for place, name in enumerate(self.accounts):
            ids = [_id(number) for number in range(place, total, accounts)]
            found = [self._store.find(Ref(RecurringInvoice, name, each)) for each in ids]
            made = [self._store.find(Ref(Invoice, name, str(each.last_invoice_id))) for each in found if each]
            yield (
                sorted(str(each.number) for each in made if each),
                sorted(f"INV-2027-{number:03}" for number in range(1, len(ids) + 1)),
            )

    def _invoke(self, entries: tuple[DueEntry, ...]) -> list[DueEntry]:
        """Do some entries one after the other; return those that come again."""
        with self._lock:
            self.invocations += 1
            self.together += 1
            self.most_together = max(self.most_together, self.together)
        failed = [entry for entry in entries if not self._is_done(entry)]
        with self._lock:
            self.together -= 1
        return failed

    def _is_done(self, entry: DueEntry) -> bool:
        try:
            run_due_work(entry, lambda changes: self._uow(entry.account, changes), self._index)
        except Unavailable:
            return False
        return True

    def _uow(self, account: str, changes: ChangeSet) -> UnitOfWork:
        return UnitOfWork(
            account=account, actor=Actor("schedule", "run_due_work"), real_now=NOW, store=self._store,
            new_id=new_id, new_secret=new_secret, changes=changes,
        )  # fmt: skip


def weigh(database: Database, meter: Meter) -> float:
    """Write units of an invoice, when nobody else takes a number."""
    month = DueMonth(database, WEIGHED, 1)
    meter.weighs = True
    month.work_off(month.tick(), 1)
    meter.weighs = False
    return sum(meter.weighed) / len(meter.weighed)


def _customer(account: str) -> Any:
    return a_customer(account=account, has_invoices=True)


def _schedule(account: str, number: int) -> RecurringInvoice:
    return replace(a_started("monthly", "2027-01-01"), account=account, id=_id(number))


def _id(number: int) -> str:
    return f"rec_{number:032x}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    for name, default in (("schedules", 10_000), ("accounts", 20), ("at-once", AT_ONCE)):
        arguments.add_argument(f"--{name}", type=int, default=default)
    given = arguments.parse_args()
    with local_database() as database:
        month = DueMonth(database, given.schedules, given.accounts)
        meter = Meter(database)
        entries = month.tick()
        ticked = sum(meter.requests.values())
        begun = time.monotonic()
        month.work_off(entries, given.at_once)
        took = time.monotonic() - begun
        requests, read_units = sum(meter.requests.values()) - ticked, meter.read_units
        refused, slots = meter.refused, meter.requests["UpdateItem"]
        write_units = weigh(database, meter)
        wrong = [found for found, expected in month.numbers() if found != expected]
        left = len(month.tick())
    done = len(entries)
    rows = {
        "due": f"{done:,}, of {given.accounts} accounts",
        "requests of the tick": f"{ticked:,}",
        "invocations; most at once": f"{month.invocations:,}; {month.most_together}",
        "requests for each invoice": f"{requests / done:.2f}",
        "read units for each": f"{read_units / done:.1f}",
        "write units for each, without refused ones": f"{write_units:.1f}",
        "transactions refused and retried": f"{refused:,.0f} ({refused / done:.0%})",
        "slots reserved in a series": f"{slots:,}",
        "entries that came again": f"{month.again:,}",
        "seconds; invoices a second": f"{took:.0f}; {done / took:.0f}",
        "accounts with a gap or a double": f"{len(wrong)}",
        "still due": f"{left}",
    }
    print("| | |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value} |", flush=True)


if __name__ == "__main__":
    main()
