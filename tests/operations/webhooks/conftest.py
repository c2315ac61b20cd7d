"""An account that posts to endpoints."""

import pytest

from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.webhooks.posting import Posting


@pytest.fixture
def posting(office: Office, store: FakeStore) -> Posting:
    return Posting(office, store)
