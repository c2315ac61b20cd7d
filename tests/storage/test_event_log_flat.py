"""What a page of the event log costs, in small: `python -m benchmarks.events` shows it from 1,000 to 100,000 events."""

import pytest

from benchmarks.events import Log, measures
from benchmarks.lists import Meter
from invoicing.storage.dynamodb.database import Database
from tests.storage.conftest import ON_DYNAMODB_LOCAL

pytestmark = ON_DYNAMODB_LOCAL

MOST_UNITS = 200
"""Read units of 1,000 events that are looked at, and of one page."""


@pytest.fixture(scope="module")
def logs(metered: tuple[Database, Meter]) -> list[Log]:
    """Two of different size."""
    return [Log(*metered, size) for size in (1_250, 2_500)]


@pytest.mark.parametrize("name", measures())
def test_a_page_costs_the_same_in_a_longer_log(logs: list[Log], name: str) -> None:
    shorter, longer = (measures()[name](log) for log in logs)
    assert shorter == longer
    requests, units = longer.split(" / ")
    assert int(requests) <= 5
    assert float(units) <= MOST_UNITS
