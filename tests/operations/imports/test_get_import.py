"""Reading an import while it runs."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.imports.get_import import get_import
from tests.operations.imports.importing import Importing


def test_it_is_pending_until_its_first_slice(importing: Importing) -> None:
    begun = importing.begin("name\nAda\n")
    assert importing.office.run_use_case(lambda uow: get_import(uow, begun.id)) == begun
    importing.slice()
    found = importing.office.run_use_case(lambda uow: get_import(uow, begun.id))
    assert (found.status, found.rows, found.counts.created) == ("completed", 1, 1)


def test_another_accounts_import_is_not_found(importing: Importing) -> None:
    begun = importing.begin("name\nAda\n")
    importing.office.account = "acc_2"
    with pytest.raises(NotFound):
        importing.office.run_use_case(lambda uow: get_import(uow, begun.id))
