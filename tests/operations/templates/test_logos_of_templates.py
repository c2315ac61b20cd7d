"""A template's own logo takes the place of the account's on what is issued with it, and is frozen with it."""

from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.logo import Logo
from invoicing.operations.account._logo import LogoMaker
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.invoices.get_invoice import get_invoice
from invoicing.operations.templates._own_templates import OwnTemplate
from invoicing.operations.templates.create_template import create_template
from invoicing.operations.templates.delete_template import delete_template
from invoicing.operations.templates.update_template import update_template
from tests.books import credit_note, pay
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.account.test_logo import HUGE, Studio
from tests.operations.account.using_series import create
from tests.operations.templates.using_templates import make_default
from tests.pictures import blue_with_corner, file_of
from tests.uploads import HTML

BLUE = file_of(blue_with_corner("RGB"))


class Printer(Studio):
    """Makes templates with logos."""

    def create(self, **fields: Any) -> OwnTemplate:
        maker = LogoMaker(lambda: self.files, self.make)
        return self.office.run_use_case(lambda uow: create_template(uow, "Letterhead", fields, maker))

    def change(self, own: OwnTemplate, **fields: Any) -> OwnTemplate:
        maker = LogoMaker(lambda: self.files, self.make)
        return self.office.run_use_case(lambda uow: update_template(uow, own.template.ref.id, fields, logos=maker))

    def account(self) -> Account:
        return self.office.uow().get(Account, PROFILE)


@pytest.fixture
def printer(office: Office, store: FakeStore) -> Printer:
    return Printer(office, store)


def logo(own: OwnTemplate) -> Logo:
    assert own.template.design.logo
    return own.template.design.logo


def shown(document: Any) -> str | None:
    return document.seller.logo.file_id if document.seller.logo else None


def test_what_is_issued_has_the_logo_of_its_template_else_of_the_account(office: Office, printer: Printer) -> None:
    of_account, of_template = printer.upload(), printer.upload(BLUE)
    printer.set_logo(of_account)
    own, plain = printer.create(logo=of_template), printer.create()
    assert logo(own).file_id == of_template
    issued = create(office, send_email=True, template_id=own.template.ref.id)
    assert shown(issued) == of_template
    assert shown(create(office, send_email=True, template_id=plain.template.ref.id)) == of_account
    assert shown(create(office, send_email=True)) == of_account
    make_default(office, own.template.ref.id)
    assert shown(create(office, send_email=True)) == of_template
    assert printer.account().template_logos == {own.template.ref.id: logo(own)}, "it is stored"


def test_a_changed_logo_is_on_what_follows_and_not_on_what_was_issued(office: Office, printer: Printer) -> None:
    first, second = printer.upload(), printer.upload(BLUE)
    own = printer.create(logo=first)
    issued = create(office, send_email=True, template_id=own.template.ref.id)
    assert printer.change(own, logo=second).template.ref.version == 2
    assert shown(get_invoice(office.uow(), issued.id)) == first
    note, payment = credit_note(office, issued, "1"), pay(office, get_invoice(office.uow(), issued.id), "1")
    assert (shown(note), shown(payment)) == (second, second)
    assert printer.change(own, logo=None).template.design.logo is None
    assert shown(create(office, send_email=True, template_id=own.template.ref.id)) is None
    assert (printer.account().template_logos, printer.made) == ({}, 2)


def test_the_same_file_makes_no_new_version_and_other_fields_leave_the_logo(printer: Printer) -> None:
    file_id = printer.upload()
    own = printer.create(logo=file_id)
    assert printer.change(own, logo=file_id) == own
    assert printer.change(own, footer="B").template.design.logo == logo(own)
    assert printer.made == 1


def test_a_deleted_template_leaves_no_logo(office: Office, printer: Printer) -> None:
    own = printer.create(logo=printer.upload())
    office.run_use_case(lambda uow: delete_template(uow, own.template.ref.id))
    account = printer.account()
    assert (account.templates, account.template_logos) == ((), {})


@pytest.mark.parametrize(
    ("content", "code"), [(HTML, "FILE_TYPE_MISMATCH"), (HUGE, "IMAGE_TOO_LARGE"), (None, "FILE_NOT_UPLOADED")]
)
def test_what_cannot_be_a_logo_is_refused(printer: Printer, content: bytes | None, code: str) -> None:
    file_id = printer.upload(content)
    with pytest.raises(ValidationFailed) as refused:
        printer.create(logo=file_id)
    assert [(each.field, each.code) for each in refused.value.details] == [("logo", code)]


@pytest.mark.parametrize("file_id", ["/etc/passwd", "http://169.254.169.254/x.png"])
def test_a_logo_is_the_id_of_a_file_and_nothing_else(printer: Printer, file_id: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        printer.change(printer.create(), logo=file_id)
    assert [(each.field, each.code) for each in refused.value.details] == [("logo", "FILE_NOT_FOUND")]
