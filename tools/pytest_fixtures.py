"""Fixtures that every suite may use; pyproject.toml names this module to pytest."""

import os
from collections.abc import Iterator

import pytest

from tools import dynamodb_local as server


@pytest.fixture(scope="session")
def dynamodb_local() -> Iterator[str]:
    """The endpoint of Amazon's DynamoDB Local. CI must have it; elsewhere its tests are skipped without Java."""
    if lack := server.missing():
        if os.environ.get("CI") == "true":
            pytest.fail(lack)
        pytest.skip(lack)
    with server.running() as endpoint:
        yield endpoint
