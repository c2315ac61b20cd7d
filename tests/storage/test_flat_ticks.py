"""A tick costs what is due, not what exists: `python -m benchmarks.due_work` shows it up to 100,000 invoices."""

from collections.abc import Iterator

import pytest

from benchmarks.due_work import DUE, Tick
from benchmarks.lists import LOCAL, Meter
from invoicing.aws_session import open_session
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.due_work import SHARDS
from invoicing.storage.dynamodb.table_names import name_tables
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.tables import NAMES

pytestmark = ON_DYNAMODB_LOCAL


@pytest.fixture(scope="module")
def ticks(local_tables: Database, dynamodb_local: str) -> Iterator[list[Tick]]:
    """Ticks over accounts of different size, over a connection of their own, which is metered."""
    name_tables(NAMES)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in LOCAL.items():
            environment.setenv(name, value)
        database = Database(open_session(), dynamodb_local)
        meter = Meter(database)
        yield [Tick(database, meter, size) for size in (100, 700)]
    database.client.close()


def test_a_tick_reads_what_is_due_from_each_shard_and_nothing_else(ticks: list[Tick]) -> None:
    for tick in ticks:
        requests, _ = tick.run().split(" / ")
        assert int(requests) <= 2 * SHARDS + 1
        assert len(tick.found) == DUE


def test_each_entry_is_read_with_its_customer_and_written_once(ticks: list[Tick]) -> None:
    for tick in ticks:
        tick.run()
        requests, _ = tick.work().split(" / ")
        assert int(requests) == 3 * DUE
        tick.run()
        assert tick.found == []
