"""Documents keep the version of a template that is current when they are issued, and drafts follow."""

from contextlib import suppress

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.sealing import content_hash
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from invoicing.operations.invoices.get_invoice import get_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.templates.delete_template import delete_template
from tests.books import credit_note, current
from tests.builders import PAGE_URL
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.account.using_series import create, send
from tests.operations.templates.using_templates import change, make_default, new_template


def delete(office: Office, template_id: str) -> None:
    office.run_use_case(lambda uow: delete_template(uow, template_id))


def test_without_templates_there_is_none(office: Office) -> None:
    issued = create(office, send_email=True)
    assert (issued.template, credit_note(office, issued).template) == (None, None)


def test_what_is_issued_keeps_its_version_and_what_follows_takes_the_current_one(office: Office) -> None:
    template = new_template(office, footer="A")
    make_default(office, template)
    first = create(office, send_email=True)
    change(office, template, footer="B", labels={"invoice": "Rechnung"})
    second = create(office, send_email=True)
    send(office, first)
    assert get_invoice(office.uow(), first.id).template == TemplateRef(template, 1)
    assert second.template == TemplateRef(template, 2)
    assert credit_note(office, get_invoice(office.uow(), first.id), "1").template == TemplateRef(template, 2)


def test_a_draft_follows_until_it_is_issued(office: Office, store: FakeStore) -> None:
    template, default = new_template(office), new_template(office)
    make_default(office, default)
    draft = create(office, template_id=template)
    plain = create(office)
    change(office, template, footer="B")
    assert current(store, draft).template is None, "a draft keeps no version"
    assert get_invoice(office.uow(), draft.id).template == TemplateRef(template, 2)
    assert get_invoice(office.uow(), plain.id).template == TemplateRef(default, 1)
    assert send(office, draft).template == TemplateRef(template, 2)


def test_the_version_is_sealed(office: Office) -> None:
    template = new_template(office)
    issued = create(office, send_email=True, template_id=template)
    assert issued.content_hash == content_hash(issued)
    change(office, template, footer="B")
    other = create(office, send_email=True, template_id=template)
    assert {issued.template, other.template} == {TemplateRef(template, 1), TemplateRef(template, 2)}


def test_an_invoice_that_is_issued_while_a_template_changes_has_the_new_version(
    office: Office, store: FakeStore
) -> None:
    template, other = new_template(office, footer="A"), Office(store, ids=office.ids)
    store.before_next_commit(lambda: change(other, template, footer="B"))
    assert create(office, send_email=True, template_id=template).template == TemplateRef(template, 2)


def test_a_change_that_dies_is_on_no_invoice(office: Office, store: FakeStore) -> None:
    template = new_template(office, footer="A")

    def die() -> None:
        raise Crash

    store.before_next_commit(die)
    with suppress(Crash):
        change(office, template, footer="B")
    assert create(office, send_email=True, template_id=template).template == TemplateRef(template, 1)


def test_the_note_of_a_cancelled_invoice_has_the_current_version(office: Office, store: FakeStore) -> None:
    template = new_template(office)
    issued = create(office, send_email=True, template_id=template)
    change(office, template, footer="B")
    office.run_use_case(lambda uow: void_invoice(uow, issued.id, None, credit_note=True))
    (note,) = store.all(CreditNote)
    assert (current(store, issued).template, note.template) == (TemplateRef(template, 1), TemplateRef(template, 2))


def test_only_a_template_of_the_account_can_be_named(office: Office) -> None:
    draft = create(office)

    def change_draft() -> object:
        return office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"template_id": "tmpl_9"}))

    def create_another() -> object:
        return create(office, template_id="tmpl_9")

    for use in (create_another, change_draft):
        with pytest.raises(ValidationFailed) as refused:
            use()
        (detail,) = refused.value.details
        assert (detail.field, detail.code) == ("template_id", "TEMPLATE_NOT_FOUND")


def test_a_draft_of_a_deleted_template_looks_as_the_default_with_a_warning(office: Office) -> None:
    template, default = new_template(office), new_template(office)
    make_default(office, default)
    draft = create(office, template_id=template)
    issued = create(office, template_id=template, send_email=True)
    delete(office, template)
    uow = office.uow()
    assert get_invoice(uow, draft.id).template == TemplateRef(default, 1)
    assert [(each.field, each.code) for each in uow.warnings] == [("template_id", "TEMPLATE_DELETED")]
    uow = office.uow()
    sent = send_invoice(uow, draft.id, EmailRequest(), page_url=PAGE_URL)
    assert (sent.template, [each.code for each in uow.warnings]) == (TemplateRef(default, 1), ["TEMPLATE_DELETED"])
    assert get_invoice(office.uow(), issued.id).template == TemplateRef(template, 1), "what is issued keeps it"
    copy = office.run_use_case(lambda uow: duplicate_invoice(uow, issued.id))
    assert get_invoice(office.uow(), copy.id).template == TemplateRef(default, 1)


@pytest.mark.parametrize("is_named", [True, False])
def test_a_draft_can_be_given_another_template_and_none(office: Office, *, is_named: bool) -> None:
    draft = create(office, template_id=new_template(office))
    template = new_template(office) if is_named else None
    changed = office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"template_id": template}))
    assert changed.template_id == template
    assert send(office, changed).template == (TemplateRef(template, 1) if template else None)
