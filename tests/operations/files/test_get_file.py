"""Reading a file."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.files.create_file import create_file
from invoicing.operations.files.get_file import get_file
from tests.fake_files import FakeFileStore
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.files.test_create_file import NEW


def test_a_file_that_is_being_deleted_is_not_there(office: Office, store: FakeStore) -> None:
    file = office.run_use_case(lambda uow: create_file(uow, NEW, FakeFileStore())).file
    assert office.run_use_case(lambda uow: get_file(uow, file.id)) == file
    store.keep(file.going())
    with pytest.raises(NotFound) as refused:
        office.run_use_case(lambda uow: get_file(uow, file.id))
    assert refused.value.code == "FILE_NOT_FOUND"
