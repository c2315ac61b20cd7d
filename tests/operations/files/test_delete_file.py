"""Deleting a file: in two steps, of which the first keeps everybody from using it."""

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.files.file import File
from invoicing.operations.files.create_file import create_file
from invoicing.operations.files.delete_file import delete_file
from tests.fake_files import FakeFileStore
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.files.test_create_file import NEW


def test_nothing_can_use_the_file_while_its_content_is_removed(office: Office, store: FakeStore) -> None:
    files = FakeFileStore()
    file = office.run_use_case(lambda uow: create_file(uow, NEW, files)).file
    seen: list[bool] = []
    files.while_removing = lambda: seen.extend(each.is_going for each in store.all(File))
    office.run_use_case(lambda uow: delete_file(uow, file.id, files))
    assert (seen, store.all(File)) == ([True], [])


def test_what_is_issued_meanwhile_is_kept(office: Office, store: FakeStore) -> None:
    files = FakeFileStore()
    file = office.run_use_case(lambda uow: create_file(uow, NEW, files)).file
    checked = file.checked(b"%PDF", file.created_at)
    store.keep(checked)
    name = str(checked.object_name)
    files.keep_file(name, b"%PDF", checked.content_type)
    find, issued = store.find, checked.issued()

    def issue_after_reading(ref):  # type: ignore[no-untyped-def]
        found = find(ref)
        store.keep(issued)
        return found

    store.find = issue_after_reading  # type: ignore[method-assign]
    with pytest.raises(Conflict) as refused:
        office.run_use_case(lambda uow: delete_file(uow, file.id, files))
    assert (refused.value.code, store.all(File)) == ("FILE_IN_USE", [issued])
    assert files.fetch(name) == b"%PDF"
