"""What is flat at any size, in small: `python -m benchmarks.flat` shows it from 1,000 to 100,000 invoices."""

import re

import pytest

from benchmarks.flat import Business, measures
from benchmarks.lists import Meter
from invoicing.storage.dynamodb.database import Database
from tests.storage.conftest import ON_DYNAMODB_LOCAL

pytestmark = ON_DYNAMODB_LOCAL
MOST_REQUESTS = 4


@pytest.fixture(scope="module")
def businesses(metered: tuple[Database, Meter]) -> list[Business]:
    """Two of different size."""
    return [Business(*metered, size) for size in (450, 900)]


@pytest.mark.parametrize("name", measures())
def test_no_more_requests_are_made_for_more_invoices(businesses: list[Business], name: str) -> None:
    costs = [re.findall(r"(\d+) / ", measures()[name](business)) for business in businesses]
    assert costs[0] == costs[1]
    assert all(int(requests) <= MOST_REQUESTS for requests in costs[0])
