"""Fixtures of all tests."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.aws import Aws, deployed, kept_session
from tests.template import read_template


@pytest.fixture(scope="module")
def _moto() -> Iterator[None]:
    """To start moto takes longer than to empty it."""
    with mock_aws():
        yield


@pytest.fixture
def aws(_moto: None) -> Iterator[Aws]:
    """A new and empty AWS with all resources of the template; nothing leaves this process."""
    with deployed(read_template(), kept_session) as resources:
        yield resources
