"""Fixtures of all tests."""

from collections.abc import Iterator

import pytest

from tests.aws import Aws, deployed
from tests.template import read_template


@pytest.fixture
def aws() -> Iterator[Aws]:
    """A new and empty AWS with all resources of the template; nothing leaves this process."""
    with deployed(read_template()) as resources:
        yield resources
