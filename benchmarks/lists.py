"""Requests and read units of lists, in accounts of 1,000 and of 100,000 invoices, at page 1 and 10 pages on.

    python -m benchmarks.lists [--sizes 1000 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml and items as the API writes them. Local
counts units as AWS does; its times say nothing of AWS, so none are shown.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from invoicing.api.queries.invoices import INVOICES
from invoicing.api.query import read_query
from invoicing.aws_session import open_session
from invoicing.domain.errors import InvoicingError
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists.list_counter import ListCounter, counted_by, step, steps
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.numbering.settings import INVOICES as SERIES
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.kinds import DUE_KINDS, record_of
from invoicing.storage.store import DynamoStore
from tests.builders import a_customer, an_event, an_issued_invoice
from tests.storage.tables import NAMES, create_tables
from tools import dynamodb_local

SHAPES = (
    "",
    "per_page=100",
    "customer_id=cust_7",
    "status=overdue",
    "currency=USD",
    "due_date=2025-06-01",
    "issue_date=2025-05-02",
    "amount=120.00",
    "filter[created_at][gte]=2025-01-01",
    "sort=due_date",
    "sort=issue_date",
    "sort=amount",
    "sort=invoice_number",
    "filter[amount][gte]=100&sort=amount",
    "filter[due_date][lt]=2025-06-01&sort=due_date",
    "filter[invoice_number][like]=INV-2025-0%25&sort=invoice_number",
    "status=overdue&filter[due_date][lt]=2025-06-01&sort=due_date",
    "customer_id=cust_7&filter[created_at][gte]=2025-01-01",
    "filter[status][in]=sent,viewed,overdue",
    "customer_id=cust_7&status=overdue",
    "filter[amount][gte]=100",
    "sort=amount,created_at&order=desc,asc",
)
DEPTH = 10
LOCAL = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
STATUSES = (Status.DRAFT, Status.SENT, Status.VIEWED, Status.OVERDUE, *[Status.PAID] * 6)


class Meter:
    """Counts requests and read units of a database."""

    def __init__(self, database: Database) -> None:
        self.requests, self.units = 0, 0.0
        self._dispatch = database.dispatch
        database.dispatch = self._counted  # type: ignore[method-assign]

    def _counted(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        answer = self._dispatch(operation_name, operation_kwargs | {"ReturnConsumedCapacity": "TOTAL"})
        consumed = answer["ConsumedCapacity"]
        self.requests += 1
        if operation_name == "TransactWriteItems":  # whose units Local gets wrong, and which reads nothing
            return answer
        self.units += sum(part["CapacityUnits"] for part in (consumed if isinstance(consumed, list) else [consumed]))
        return answer

    def take(self) -> str:
        """What was counted since it was taken last."""
        taken = f"{self.requests} / {self.units:g}"
        self.requests, self.units = 0, 0.0
        return taken


def invoices(account: str, count: int, customers: int = 100) -> Iterator[Invoice]:
    """Issued invoices of two lines, spread evenly over customers, states, currencies, amounts and two years."""
    bases = [an_issued_invoice(customer=a_customer(id=f"cust_{number}")) for number in range(customers)]
    for number in range(count):
        created = FIRST + timedelta(days=730) * number / count
        yield replace(
            bases[number % customers],
            account=account,
            id=f"inv_{number:032x}",
            number=f"INV-{created.year}-{number:06}",
            status=STATUSES[number // customers % len(STATUSES)],
            currency=("USD", "EUR", "JPY")[number % 3],
            total=100 * (number * 37 % 500),
            issue_date=created.date(),
            due_date=created.date() + timedelta(days=number % 60),
            created_at=created,
        )


def write(database: Database, account: str, some: Iterable[Invoice]) -> None:
    """Store invoices with their numbers, counted states and counters, as their records are; numbers begin at 1."""
    counters: dict[str, ListCounter] = {}
    values: Counter[str] = Counter()

    def stored(invoice: Invoice) -> Iterator[tuple[str, Any]]:
        period = str(invoice.issue_date.year)
        values[period] += 1
        yield "invoices", invoice
        yield "invoices", NumberReservation(
            account=account, id=str(invoice.number), taken_by=invoice.id, series=SERIES, period=period,
            value=values[period], issue_date=invoice.issue_date,
        )  # fmt: skip
        told = counted_by(an_event("invoice.sent", invoice, id="evt", occurred_at=invoice.created_at))
        if told is None:
            raise LookupError("invoices are counted")
        state = replace(told, is_entered=True)
        for name, by in steps(None, state).items():
            known = counters.get(name) or ListCounter(account=account, id=name, entered=True)
            counters[name] = step(known, by)
        yield "totals", state

    entities = (each for invoice in some for each in stored(invoice))
    with ThreadPoolExecutor(4) as threads:
        for batches in batched(batched(entities, 25, strict=False), 40, strict=False):
            list(threads.map(lambda batch: put(database, batch), batches))
    series = NumberSeries(
        account=account, id=SERIES, version=1, next_values={period: values[period] + 1 for period in values}
    )
    kept = [*(("totals", counter) for counter in counters.values()), ("accounts", series)]
    for batch in batched(kept, 25, strict=False):
        put(database, batch)


def put(database: Database, batch: Sequence[tuple[str, Any]]) -> None:
    """Store up to 25 entities, each with the name of its table."""
    requests: Any = {}
    for table, entity in batch:
        record = record_of(type(entity))
        item = record.of(entity)
        if type(entity).__name__ in DUE_KINDS:
            due = record.due_values(entity, has_clock=False)
            item |= {name: {"S": text} for name, text in due.items()}
        requests.setdefault(NAMES[table], []).append({"PutRequest": {"Item": item}})
    while requests:
        requests = database.dispatch("BatchWriteItem", {"RequestItems": requests}).get("UnprocessedItems")


def measure(store: DynamoStore, meter: Meter, account: str, shape: str) -> tuple[str, str]:
    """Requests and read units of the first page, and of one as deep as `DEPTH`, or of the last."""
    query = read_query(shape, INVOICES).query
    meter.take()
    try:
        page = store.page_of(Invoice, account, query)
    except InvoicingError as error:
        return f"{error.code} ({meter.take()})", "–"
    first, deep = meter.take(), "–"
    while page.has_next and page.page < DEPTH:
        step = replace(query, cursor=page.next_cursor) if page.next_cursor else replace(query, page=page.page + 1)
        page = store.page_of(Invoice, account, step)
        deep = meter.take()
    return first, deep


@contextmanager
def local_database() -> Iterator[Database]:
    """An empty DynamoDB Local with the tables of template.yaml."""
    name_tables(NAMES)
    with dynamodb_local.running() as endpoint:
        os.environ |= LOCAL | {"AWS_ENDPOINT_URL_DYNAMODB": endpoint}
        database = Database(open_session(), endpoint)
        create_tables(database)
        yield database


def print_costs[T](
    description: str | None,
    caption: str,
    *,
    sizes: Sequence[int],
    unit: str = "",
    make: Callable[[Database, Meter, int], T],
    measures: Mapping[str, Callable[[T], str]],
) -> None:
    """Print what each measure costs at each size, which ``--sizes`` may change; ``make`` makes what is measured."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--sizes", type=int, nargs="+", default=sizes)
    chosen: list[int] = arguments.parse_args().sizes
    with local_database() as database:
        meter = Meter(database)
        made = [make(database, meter, size) for size in chosen]
        print("Requests / read units\n")
        print(f"| {caption} | " + " | ".join(f"{size:,} {unit}".strip() for size in chosen) + " |")
        print("|---" * (len(chosen) + 1) + "|")
        for name, measure in measures.items():
            print(f"| {name} | " + " | ".join(measure(each) for each in made) + " |", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    sizes: list[int] = arguments.parse_args().sizes
    with local_database() as database:
        for size in sizes:
            account = f"acc_{size:032x}"
            write(database, account, invoices(account, size))
        store, meter = DynamoStore(database, 13), Meter(database)
        heads = [f"{size:,}: page {page}" for size in sizes for page in ("1", f"up to {DEPTH}")]
        print("Requests / read units\n")
        print("| query | " + " | ".join(heads) + " |\n|" + "---|" * (len(heads) + 1))
        for shape in SHAPES:
            cells = [cell for size in sizes for cell in measure(store, meter, f"acc_{size:032x}", shape)]
            print(f"| `{shape or 'nothing'}` | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
