"""An office that exports."""

import pytest

from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.exports.exporting import Exporting


@pytest.fixture
def exporting(office: Office, store: FakeStore) -> Exporting:
    return Exporting(office, store)
