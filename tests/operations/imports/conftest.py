"""An office that imports."""

import pytest

from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.imports.importing import Importing


@pytest.fixture
def importing(office: Office, store: FakeStore) -> Importing:
    return Importing(office, store)
