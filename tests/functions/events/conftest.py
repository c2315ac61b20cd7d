"""The business of tests of handlers, an hour later."""

from datetime import timedelta
from typing import Any

import pytest

from tests.functions.events.asking import set_real_time


@pytest.fixture
def later(customer: Any) -> None:
    """All events so far have settled."""
    assert customer
    set_real_time(ahead=timedelta(hours=1))
