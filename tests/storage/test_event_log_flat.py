"""What a page of the event log costs, in small: `python -m benchmarks.events` shows it from 1,000 to 100,000 events."""

from collections.abc import Iterator

import pytest

from benchmarks.events import Log, measures
from benchmarks.lists import LOCAL, Meter
from invoicing.aws_session import open_session
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.tables import NAMES

pytestmark = ON_DYNAMODB_LOCAL

MOST_UNITS = 200
"""Read units of 1,000 events that are looked at, and of one page."""


@pytest.fixture(scope="module")
def logs(local_tables: Database, dynamodb_local: str) -> Iterator[list[Log]]:
    """Two of different size, over a connection of their own, which is metered; the tables are there."""
    name_tables(NAMES)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in LOCAL.items():
            environment.setenv(name, value)
        database = Database(open_session(), dynamodb_local)
        meter = Meter(database)
        yield [Log(database, meter, size) for size in (1_250, 2_500)]
    database.client.close()


@pytest.mark.parametrize("name", measures())
def test_a_page_costs_the_same_in_a_longer_log(logs: list[Log], name: str) -> None:
    shorter, longer = (measures()[name](log) for log in logs)
    assert shorter == longer
    requests, units = longer.split(" / ")
    assert int(requests) <= 5
    assert float(units) <= MOST_UNITS
