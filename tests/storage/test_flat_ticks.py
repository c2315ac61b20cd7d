"""A tick costs what is due, not what exists: `python -m benchmarks.due_work` shows it up to 100,000 invoices."""

import pytest

from benchmarks.due_work import DUE, Tick
from benchmarks.lists import Meter
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.due_work import SHARDS
from invoicing.storage.kinds import REAL_TIME
from tests.storage.conftest import ON_DYNAMODB_LOCAL

pytestmark = ON_DYNAMODB_LOCAL


@pytest.fixture(scope="module")
def ticks(metered: tuple[Database, Meter]) -> list[Tick]:
    """Ticks over accounts of different size."""
    return [Tick(*metered, size) for size in (100, 700)]


def test_a_tick_reads_what_is_due_from_each_shard_and_nothing_else(ticks: list[Tick]) -> None:
    for tick in ticks:
        requests, _ = tick.run().split(" / ")
        assert int(requests) <= 2 * SHARDS + len(REAL_TIME)
        assert len(tick.found) == DUE


def test_each_entry_is_read_with_its_customer_and_written_once(ticks: list[Tick]) -> None:
    for tick in ticks:
        tick.run()
        requests, _ = tick.work().split(" / ")
        assert int(requests) == 3 * DUE
        tick.run()
        assert tick.found == []
