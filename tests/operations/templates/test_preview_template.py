"""Previewing a template."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.parties.account import Account
from invoicing.domain.templates.sample import sample_invoice
from invoicing.operations.templates.preview_template import preview_template
from tests.builders import NOW, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.account.using_series import create
from tests.operations.templates.using_templates import change, new_template


def test_a_sample_is_issued_by_the_account_and_nothing_is_stored(office: Office, store: FakeStore) -> None:
    template = new_template(office)
    change(office, template, footer="B")
    before = dict(store.entities)
    shown = preview_template(office.uow(), template)
    assert store.entities == before
    invoice, (account,) = shown.document, store.all(Account)
    assert isinstance(invoice, Invoice)
    assert is_issued(invoice)
    assert (shown.template.ref.version, invoice.seller) == (2, account.as_seller(invoice.currency, invoice.locale))


@pytest.mark.parametrize(("currency", "total"), [("EUR", 242160), ("JPY", 2422), ("KWD", 2421600)])
def test_a_sample_fits_every_account(currency: str, total: int) -> None:
    assert sample_invoice(an_account(currency=currency), NOW).total == total
    assert sample_invoice(an_account(currency=currency, small_business=True), NOW).tax == 0


def test_a_draft_and_an_issued_invoice_are_shown_with_their_seller(office: Office) -> None:
    template = new_template(office)
    for send in (False, True):
        invoice = create(office, send_email=send)
        shown = preview_template(office.uow(), template, "invoice", invoice.id).document
        assert isinstance(shown, Invoice)
        assert (shown.id, shown.template and shown.template.id) == (invoice.id, template)
        assert shown.seller is not None


def test_what_is_not_there_is_not_shown(office: Office) -> None:
    for template, invoice, code in (("tmpl_9", None, "TEMPLATE_NOT_FOUND"), ("", "inv_9", "INVOICE_NOT_FOUND")):
        with pytest.raises(NotFound) as refused:
            preview_template(office.uow(), template or new_template(office), "invoice", invoice)
        assert refused.value.code == code
