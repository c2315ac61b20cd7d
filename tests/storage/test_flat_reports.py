"""Reports read as much of 20,000 invoices as of 10,000: `python -m benchmarks.reports` shows it up to 100,000."""

import pytest

from benchmarks.lists import Meter
from benchmarks.reports import REPORTS, Business
from invoicing.storage.dynamodb.database import Database
from tests.storage.conftest import ON_DYNAMODB_LOCAL

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.nightly]
BY_CUSTOMER = "customers, the first 10"
"""It reads the days of each customer, which are more with more invoices."""


@pytest.fixture(scope="module")
def businesses(metered: tuple[Database, Meter]) -> list[Business]:
    """Two of different size."""
    return [Business(*metered, size) for size in (10_000, 20_000)]


@pytest.mark.parametrize("name", REPORTS.keys() - {BY_CUSTOMER})
def test_twice_the_invoices_are_not_more_to_read(businesses: list[Business], name: str) -> None:
    few, many = ([float(part) for part in each.cost(REPORTS[name]).split(" / ")] for each in businesses)
    assert few[0] == many[0] <= 3
    assert many[1] <= 1.1 * few[1]
