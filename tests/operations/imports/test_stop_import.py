"""Stopping an import before its first row, twice, and too late."""

import pytest

from invoicing.domain.errors import Conflict, NotFound
from invoicing.domain.imports.data_import import ImportRun
from invoicing.domain.parties.customer import Customer
from invoicing.operations.imports.stop_import import stop_import
from tests.fakes import FakeStore
from tests.operations.imports.importing import Importing, counted


def test_before_its_first_row_nothing_is_imported(importing: Importing, store: FakeStore) -> None:
    begun = importing.begin("name\nAda\n")
    for _ in range(2):
        assert importing.office.run_use_case(lambda uow: stop_import(uow, begun.id)).status == "stopping"
    importing.slice()
    ended = importing.read(begun.id)
    assert (ended.status, counted(ended), store.all(ImportRun)) == ("stopped", (0, 0, 0, 0), [])
    assert len(store.all(Customer)) == 1
    assert store.event_types() == ["import.completed"]
    with pytest.raises(Conflict, match="stopped"):
        importing.office.run_use_case(lambda uow: stop_import(uow, begun.id))


def test_an_unknown_import(importing: Importing) -> None:
    with pytest.raises(NotFound):
        importing.office.run_use_case(lambda uow: stop_import(uow, "import_no"))
