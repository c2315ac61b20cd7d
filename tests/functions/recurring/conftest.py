"""A schedule that has not begun."""

from typing import Any

import pytest

from tests.functions.recurring.asking import create
from tests.prepared import prepared


@pytest.fixture
@prepared
def schedule(key: str, customer: Any) -> Any:
    assert customer
    return create(key).data
