"""Declaring a file: what the form is made of."""

from invoicing.domain.files.file import File, Purpose
from invoicing.operations.files.create_file import NewFile, create_file
from tests.fake_files import FakeFileStore
from tests.fakes import FakeStore
from tests.office import Office

NEW = NewFile(purpose=Purpose.ATTACHMENT, filename="a/b.pdf", content_type="application/pdf", size=9)


def test_the_form_is_of_the_files_own_place_type_and_size(office: Office, store: FakeStore) -> None:
    declared = office.run_use_case(lambda uow: create_file(uow, NEW, FakeFileStore()))
    assert store.all(File) == [declared.file]
    assert declared.form.fields == {
        "key": f"uploads/{declared.file.account}/{declared.file.id}",
        "type": "application/pdf",
        "size": "9",
        "seconds": "900",
    }
    assert declared.file.filename == "b.pdf"
