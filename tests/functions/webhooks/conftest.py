"""A queue of deliveries, and endpoints."""

import pytest

from tests.aws import Aws
from tests.functions.webhooks.asking import Line


@pytest.fixture
def line(aws: Aws) -> Line:
    """moto cannot copy a queue, so that only tests that need it have it."""
    return Line(aws)
