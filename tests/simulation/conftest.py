"""What all tests of the simulation share."""

import logging
from collections.abc import Iterator

import pytest

from invoicing.log import logger


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A run logs thousands of lines, failures of its faults among them."""
    level = logger.log_level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
