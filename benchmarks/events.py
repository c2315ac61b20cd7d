"""What a page of the event log costs from 1,000 to 100,000 events: requests and read units.

    python -m benchmarks.events [--sizes 1000 10000 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml and items as the API writes them. The key
check, one request more, is not among them. tests/storage/test_event_log.py holds a small version to the same figures.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import Meter, print_costs
from invoicing.api.queries.event_log import event_query
from invoicing.domain.events.event import Event
from invoicing.identifiers import first_id, new_id, new_secret
from invoicing.operations.events._event_page import LogPosition
from invoicing.operations.events.list_events import list_events
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.event_log import DynamoEventLog
from invoicing.storage.kinds.events import EventRecord
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, an_event, an_issued_invoice

SIZES = (1_000, 10_000, 100_000)
OF_ONE = 10
"""Events of one invoice."""

FIRST, APART = datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=1)
KEPT = 13
TYPES = ("invoice.created", "invoice.sent", "invoice.viewed", "invoice.updated", "invoice.paid")


class Log:
    """An account in live mode with so many events, one a minute."""

    def __init__(self, database: Database, meter: Meter, size: int) -> None:
        self._account = f"acc_{size:032x}"
        self._store, self._log, self._meter = DynamoStore(database, KEPT), DynamoEventLog(database), meter
        self.middle = _event_id(size // 2)
        write(database, events(self._account, size))

    def page(self, query: str) -> str:
        """What a page costs."""
        uow = UnitOfWork(
            account=self._account, actor=ACTOR, real_now=FIRST, store=self._store, new_id=new_id, new_secret=new_secret
        )
        now = FIRST + timedelta(days=300)
        self._meter.take()
        list_events(uow, event_query(query), self._log, RealTime(lambda: now, _no_pause), KEPT)
        return self._meter.take()


def measures() -> Mapping[str, Callable[[Log], str]]:
    """What is measured of each log, by name."""
    return {
        "newest first": lambda log: log.page(""),
        "oldest first": lambda log: log.page("after="),
        "oldest first, from the middle": lambda log: log.page(f"after={LogPosition(log.middle).cursor}"),
        "100 of them": lambda log: log.page("after=&limit=100"),
        "of one invoice, which has 10": lambda log: log.page("resource=inv_7"),
        "of a type that is every fifth": lambda log: log.page("type=invoice.paid"),
        "of a customer without any": lambda log: log.page("customer_id=cust_none"),
        "of an hour": lambda log: log.page("from=2026-01-01T05:00:00Z&to=2026-01-01T06:00:00Z&limit=100"),
    }


def events(account: str, count: int) -> Iterator[Event]:
    """Events of invoices that begin one after another."""
    invoice = an_issued_invoice()
    base = an_event("invoice.sent", invoice)
    for number in range(count):
        yield Event(
            account=account,
            id=_event_id(number),
            type=TYPES[number % len(TYPES)],
            resource_id=f"inv_{number // OF_ONE}",
            sequence=number % OF_ONE + 1,
            actor=ACTOR,
            occurred_at=FIRST + number * APART,
            data=base.data,
        )


def write(database: Database, kept: Iterator[Event]) -> None:
    """Write events without their resources."""
    for some in batched(kept, 25, strict=False):
        items = [{"PutRequest": {"Item": EventRecord.of(event, KEPT)}} for event in some]
        requests = {EventRecord.Meta.table_name: items}
        while requests:
            requests = database.dispatch("BatchWriteItem", {"RequestItems": requests}).get("UnprocessedItems") or {}


def _event_id(number: int) -> str:
    return f"{first_id('evt', FIRST + number * APART)}70008{number:015x}"


def _no_pause(seconds: float) -> None:
    raise AssertionError(f"a pause of {seconds} seconds for events that have settled")


def main() -> None:
    print_costs(__doc__, "a page of events", sizes=SIZES, make=Log, measures=measures())


if __name__ == "__main__":
    main()
