"""Attachments: each file is checked once, what was checked is what is sent, and what is issued stays."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.files.attachment import MOST_ATTACHED, object_name
from invoicing.domain.files.file import File, Purpose
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.documents.attached_files import AttachmentsChanged, attached_files
from invoicing.operations.files.create_file import NewFile, create_file
from invoicing.operations.files.delete_file import delete_file
from invoicing.operations.invoices._attachments import attaching, attaching_instead
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from tests.builders import PAGE_URL, a_new_invoice
from tests.fake_files import FakeFileStore
from tests.fakes import FakeStore
from tests.office import Office
from tests.uploads import GENUINE, HTML, a_pdf

PDF = GENUINE["application/pdf"]


class Desk:
    """Uploads files and attaches them."""

    def __init__(self, office: Office, store: FakeStore) -> None:
        self.office, self.store, self.files = office, store, FakeFileStore()

    def upload(
        self, content: bytes | None = PDF, purpose: Purpose = Purpose.ATTACHMENT, size: int | None = None
    ) -> str:
        content_type = "application/pdf" if purpose is Purpose.ATTACHMENT else "image/png"
        new = NewFile(purpose=purpose, filename="a.pdf", content_type=content_type, size=size or len(content or b"x"))
        file = self.office.run_use_case(lambda uow: create_file(uow, new, self.files)).file
        if content is not None:
            self.files.uploads[file.upload_name] = content
        return file.id

    def create(self, *file_ids: str, send_email: bool = False, number: str | None = None) -> Invoice:
        attach = attaching(file_ids, lambda: self.files)
        new = a_new_invoice(number=number)
        return self.office.run_use_case(
            lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL, attach=attach)
        )

    def update(self, invoice: Invoice, file_ids: Sequence[str] | None, **changes: Any) -> Invoice:
        attach = attaching_instead(file_ids, lambda: self.files)
        return self.office.run_use_case(lambda uow: update_invoice(uow, invoice.id, changes, attach=attach))

    def issue(self, invoice: Invoice) -> Invoice:
        return self.office.run_use_case(lambda uow: send_invoice(uow, invoice.id, None, page_url=PAGE_URL))

    def delete(self, file_id: str) -> None:
        self.office.run_use_case(lambda uow: delete_file(uow, file_id, self.files))

    def file(self, file_id: str) -> File:
        return next(file for file in self.store.all(File) if file.id == file_id)

    def refused(self, act: Callable[[], object]) -> tuple[str, str]:
        with pytest.raises(ValidationFailed) as refused:
            act()
        (detail,) = refused.value.details
        return detail.field, detail.code


@pytest.fixture
def desk(office: Office, store: FakeStore) -> Desk:
    return Desk(office, store)


def test_a_file_is_checked_once_and_later_uploads_change_nothing(desk: Desk) -> None:
    file_id = desk.upload()
    first = desk.create(file_id)
    desk.files.uploads = dict.fromkeys(desk.files.uploads, HTML)
    second = desk.create(file_id)
    (attachment,) = first.attachments
    assert second.attachments == first.attachments
    assert (attachment.filename, attachment.size) == ("a.pdf", len(PDF))
    assert [file.content for file in attached_files(second, desk.files)] == [PDF]
    assert (desk.file(file_id).status, desk.file(file_id).version) == ("ready", 2)


def test_an_upload_that_takes_the_place_of_another_during_the_check_is_checked_itself(desk: Desk) -> None:
    file_id = desk.upload()
    uploaded, other = desk.files.fetch_upload, PDF.replace(b"Catalog", b"CATALOG")

    def slow(name: str) -> Any:
        desk.files.fetch_upload = uploaded  # type: ignore[method-assign]
        found = uploaded(name)
        desk.files.uploads[name] = other
        desk.create(file_id)  # another request attaches it first
        return found

    desk.files.fetch_upload = slow  # type: ignore[method-assign]
    invoices = [desk.create(file_id), *desk.store.all(Invoice)]
    assert len({invoice.attachments for invoice in invoices}) == 1
    assert [file.content for file in attached_files(invoices[0], desk.files)] == [other]
    assert {desk.file(file_id).sha256} == {invoice.attachments[0].sha256 for invoice in invoices}


@pytest.mark.parametrize(
    ("content", "code"), [(None, "FILE_NOT_UPLOADED"), (HTML, "FILE_TYPE_MISMATCH"), (PDF + b"x", "FILE_TYPE_MISMATCH")]
)
def test_what_is_refused_can_be_uploaded_again(desk: Desk, content: bytes | None, code: str) -> None:
    good, file_id = desk.upload(), desk.upload(content, size=len(PDF))
    assert desk.refused(lambda: desk.create(good, file_id)) == ("attachments[1]", code)
    assert (desk.store.all(Invoice), desk.file(file_id).status) == ([], "pending")
    desk.files.uploads[desk.file(file_id).upload_name] = PDF
    assert len(desk.create(good, file_id).attachments) == 2


def test_a_file_that_a_scanner_rejected_is_never_used(desk: Desk) -> None:
    file_id = desk.upload()
    desk.files.rejected.add(desk.file(file_id).upload_name)
    assert desk.refused(lambda: desk.create(file_id)) == ("attachments[0]", "FILE_REJECTED")


def test_a_check_stands_when_its_invoice_is_refused(desk: Desk) -> None:
    file_id = desk.upload()
    desk.create(number="TAKEN")
    with pytest.raises(Conflict):
        desk.create(file_id, number="TAKEN")
    assert desk.file(file_id).status == "ready"


def test_only_attachments_of_the_own_account_are_attached_each_once(desk: Desk) -> None:
    file_id = desk.upload()
    assert desk.refused(lambda: desk.create(file_id, file_id)) == ("attachments[1]", "FILE_REPEATED")
    desk.store.keep(replace(desk.file(file_id), account="acc_2", id="file_other"))
    assert desk.refused(lambda: desk.create("file_other")) == ("attachments[0]", "FILE_NOT_FOUND")
    logo = desk.upload(GENUINE["image/png"], Purpose.LOGO)
    assert desk.refused(lambda: desk.create(logo)) == ("attachments[0]", "FILE_PURPOSE_INVALID")


def test_all_files_of_an_invoice_have_five_million_bytes_and_not_one_more(desk: Desk) -> None:
    large, rest = desk.upload(a_pdf(MOST_ATTACHED - 100)), desk.upload(a_pdf(100))
    invoice = desk.create(large, rest)
    assert sum(attachment.size for attachment in invoice.attachments) == MOST_ATTACHED
    one_more = desk.upload(a_pdf(101))
    for _ in range(2):  # checked now, then known
        assert desk.refused(lambda: desk.update(invoice, [one_more, large])) == ("attachments", "ATTACHMENTS_TOO_LARGE")
    assert desk.store.all(Invoice) == [invoice]


def test_a_draft_gets_others_or_none_and_else_keeps_them(desk: Desk) -> None:
    one, other = desk.upload(), desk.upload()
    draft = desk.create(one)
    assert desk.update(draft, None, notes="x").attachments == draft.attachments
    assert desk.store.events[max(desk.store.events)].data["changed"] == ["notes"]
    changed = desk.update(draft, [other])
    assert [attachment.file_id for attachment in changed.attachments] == [other]
    assert desk.store.events[max(desk.store.events)].data["changed"] == ["attachments"]
    assert desk.update(draft, [other]) == changed
    assert desk.update(draft, []).attachments == ()


def test_what_was_issued_cannot_be_deleted_and_is_sealed(desk: Desk) -> None:
    file_id = desk.upload()
    issued = desk.issue(desk.create(file_id))
    assert issued.content_hash != desk.issue(desk.create()).content_hash
    with pytest.raises(Conflict) as refused:
        desk.delete(file_id)
    assert refused.value.code == "FILE_IN_USE"
    assert [file.content for file in attached_files(issued, desk.files)] == [PDF]
    desk.issue(desk.create(file_id))
    assert desk.file(file_id).version == 3


def test_a_draft_whose_file_was_deleted_is_not_issued(desk: Desk) -> None:
    file_id = desk.upload()
    draft = desk.create(file_id)
    desk.delete(file_id)
    assert desk.files.kept == {}
    assert desk.refused(lambda: desk.issue(draft)) == ("attachments[0]", "FILE_NOT_FOUND")
    assert desk.issue(desk.update(draft, [])).attachments == ()


def test_a_correction_has_the_files_and_a_duplicate_has_none(desk: Desk) -> None:
    issued = desk.create(desk.upload(), send_email=True)
    assert desk.office.run_use_case(lambda uow: duplicate_invoice(uow, issued.id)).attachments == ()
    revised = desk.office.run_use_case(lambda uow: revise_invoice(uow, issued.id, "typo"))
    assert revised.draft.attachments == issued.attachments


def test_nothing_is_sent_without_what_was_attached(desk: Desk) -> None:
    issued = desk.create(desk.upload(), send_email=True)
    (attachment,) = issued.attachments
    name = object_name(issued.account, attachment.file_id, attachment.sha256)
    for damage in ({}, {name: b"other"}):
        desk.files.kept = damage
        with pytest.raises(AttachmentsChanged):
            attached_files(issued, desk.files)
