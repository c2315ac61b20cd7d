"""A credit note of the invoice that was sent."""

from typing import Any

import pytest

from tests.functions.credit_notes.requests import credit
from tests.prepared import prepared


@pytest.fixture
@prepared
def note(key: str, sent: Any) -> Any:
    """Two of its ten units."""
    return credit(
        key, sent["id"], {"reason": "Returned", "items": [{"line_id": sent["items"][0]["id"], "quantity": 2}]}
    ).data
