"""What is flat at any size, in small: `python -m benchmarks.flat` shows it from 1,000 to 100,000 invoices."""

import re
from collections.abc import Iterator

import pytest

from benchmarks.flat import Business, measures
from benchmarks.lists import LOCAL, Meter
from invoicing.aws_session import open_session
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.tables import NAMES

pytestmark = ON_DYNAMODB_LOCAL
MOST_REQUESTS = 4


@pytest.fixture(scope="module")
def businesses(local_tables: Database, dynamodb_local: str) -> Iterator[list[Business]]:
    """Two of different size, over a connection of their own, which is metered; the tables are there."""
    name_tables(NAMES)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in LOCAL.items():
            environment.setenv(name, value)
        database = Database(open_session(), dynamodb_local)
        meter = Meter(database)
        yield [Business(database, meter, size) for size in (450, 900)]
    database.client.close()


@pytest.mark.parametrize("name", measures())
def test_no_more_requests_are_made_for_more_invoices(businesses: list[Business], name: str) -> None:
    costs = [re.findall(r"(\d+) / ", measures()[name](business)) for business in businesses]
    assert costs[0] == costs[1]
    assert all(int(requests) <= MOST_REQUESTS for requests in costs[0])
