"""Logos: made of a file at its first use, or any later one, and kept for good under the hash of the image."""

import hashlib
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.files.file import File, Purpose
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.logo import Image
from invoicing.operations.account._logo import LogoMaker
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.account.update_account import update_account
from invoicing.operations.files.create_file import NewFile, create_file
from invoicing.operations.files.delete_file import delete_file
from invoicing_documents.logo_image import logo_image
from tests.builders import ACCOUNT
from tests.fake_files import FakeFileStore
from tests.fakes import FakeStore
from tests.office import Office
from tests.pictures import LOGO, blue_with_corner, file_of
from tests.uploads import HTML


class Studio:
    """Uploads images and makes them logos."""

    def __init__(self, office: Office, store: FakeStore) -> None:
        self.office, self.store, self.files, self.made = office, store, FakeFileStore(), 0

    def upload(self, content: bytes | None = LOGO, **of: Any) -> str:
        given: dict[str, Any] = {
            "purpose": Purpose.LOGO,
            "filename": "a.png",
            "content_type": "image/png",
            "size": 1_000_000,
        } | of
        file = self.office.run_use_case(lambda uow: create_file(uow, NewFile(**given | of), self.files)).file
        if content is not None:
            self.files.uploads[file.upload_name] = content
        return file.id

    def make(self, content: bytes, content_type: str) -> Image:
        self.made += 1
        return logo_image(content, content_type)

    def set_logo(self, file_id: str | None) -> Account:
        maker = LogoMaker(lambda: self.files, self.make)
        return self.office.run_use_case(lambda uow: update_account(uow, {"logo": file_id}, logos=maker)).account

    def file(self, file_id: str) -> File:
        return self.office.uow().get(File, file_id)


@pytest.fixture
def studio(office: Office, store: FakeStore) -> Studio:
    return Studio(office, store)


def test_a_logo_is_an_image_of_its_own_under_its_hash(studio: Studio) -> None:
    file_id = studio.upload()
    account = studio.set_logo(file_id)
    logo = account.logo
    assert logo is not None
    assert (logo.file_id, logo.width, logo.height) == (file_id, 200, 100)
    kept = studio.files.kept[f"logos/{ACCOUNT}/{logo.sha256}.png"]
    assert hashlib.sha256(kept).hexdigest() == logo.sha256
    assert studio.file(file_id).status == "ready"
    assert account.as_seller("EUR", "en").logo == logo
    assert studio.office.uow().get(Account, PROFILE) == account


def test_the_same_file_is_not_read_again_and_another_time_its_checked_content_is(studio: Studio) -> None:
    file_id = studio.upload()
    first = studio.set_logo(file_id)
    assert studio.set_logo(file_id) == first
    assert studio.made == 1
    assert studio.set_logo(None).logo is None
    studio.files.uploads[studio.file(file_id).upload_name] = file_of(blue_with_corner("RGB"))
    assert studio.set_logo(file_id).logo == first.logo


def test_an_image_outlives_its_file_and_the_logo_that_takes_its_place(studio: Studio) -> None:
    file_id = studio.upload()
    logo = studio.set_logo(file_id).logo
    assert logo is not None
    studio.office.run_use_case(lambda uow: delete_file(uow, file_id, studio.files))
    studio.set_logo(studio.upload(file_of(blue_with_corner("RGB"))))
    assert logo.object_name(ACCOUNT) in studio.files.kept


def test_a_process_that_dies_over_it_leaves_nothing_that_the_next_request_does_not_mend(studio: Studio) -> None:
    file_id = studio.upload()
    keep, studio.files.keep = studio.files.keep, _dies  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        studio.set_logo(file_id)
    assert studio.office.uow().get(Account, PROFILE).logo is None
    studio.files.keep = keep  # type: ignore[method-assign]
    assert studio.set_logo(file_id).logo is not None


def _dies(name: str, content: bytes) -> bytes:
    raise ConnectionError


HUGE = file_of(blue_with_corner("RGB", (5001, 5000)).quantize(2))


@pytest.mark.parametrize(
    ("content", "of", "code"),
    [
        (None, {}, "FILE_NOT_UPLOADED"),
        (HTML, {}, "FILE_TYPE_MISMATCH"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, "FILE_TYPE_MISMATCH"),
        (LOGO, {"content_type": "image/jpeg"}, "FILE_TYPE_MISMATCH"),
        (LOGO[:-40], {}, "FILE_TYPE_MISMATCH"),
        (LOGO, {"size": 100}, "FILE_TYPE_MISMATCH"),
        (HUGE, {}, "IMAGE_TOO_LARGE"),
        (LOGO, {"purpose": Purpose.ATTACHMENT}, "FILE_PURPOSE_INVALID"),
    ],
)
def test_what_cannot_be_a_logo_is_refused_and_can_be_uploaded_again(
    studio: Studio, content: bytes | None, of: dict[str, Any], code: str
) -> None:
    file_id = studio.upload(content, **of)
    with pytest.raises(ValidationFailed) as refused:
        studio.set_logo(file_id)
    (detail,) = refused.value.details
    assert (detail.field, detail.code) == ("logo", code)
    assert studio.file(file_id).status == "pending"
    assert not studio.files.kept
    if code in {"FILE_TYPE_MISMATCH", "IMAGE_TOO_LARGE"}:
        assert "PNG or JPEG" in detail.message


@pytest.mark.parametrize(
    "file_id", ["file_no", "/etc/passwd", "http://169.254.169.254/x.png", "data:image/png;base64,AA"]
)
def test_a_logo_is_the_id_of_a_file_and_nothing_else(studio: Studio, file_id: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        studio.set_logo(file_id)
    assert refused.value.details[0].code == "FILE_NOT_FOUND"


def test_what_a_scanner_rejects_is_never_a_logo(studio: Studio) -> None:
    file_id = studio.upload()
    studio.files.rejected.add(studio.file(file_id).upload_name)
    with pytest.raises(ValidationFailed) as refused:
        studio.set_logo(file_id)
    assert refused.value.details[0].code == "FILE_REJECTED"
