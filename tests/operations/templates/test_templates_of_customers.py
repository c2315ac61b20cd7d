"""What names no template looks as its customer's, else as the default; receipts and statements do too."""

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.parties.customer import Customer
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.get_invoice import get_invoice
from invoicing.operations.templates.delete_template import delete_template
from tests.books import credit_note, ledger_of, pay
from tests.builders import a_new_customer
from tests.office import Office
from tests.operations.account.using_series import create, send
from tests.operations.templates.using_templates import change, make_default, new_template

CUSTOMER = "cust_123"


def give(office: Office, template_id: str | None) -> Customer:
    return office.run_use_case(lambda uow: update_customer(uow, CUSTOMER, {"template_id": template_id}))


def test_the_customers_template_is_between_the_documents_and_the_default(office: Office) -> None:
    own, of_customer, default = (new_template(office) for _ in range(3))
    make_default(office, default)
    before = create(office)
    assert give(office, of_customer).template_id == of_customer
    assert create(office, send_email=True).template == TemplateRef(of_customer, 1)
    assert create(office, send_email=True, template_id=own).template == TemplateRef(own, 1)
    assert get_invoice(office.uow(), before.id).template == TemplateRef(of_customer, 1), "a draft follows"
    assert send(office, before).template == TemplateRef(of_customer, 1)
    give(office, None)
    assert create(office, send_email=True).template == TemplateRef(default, 1)


def test_what_follows_an_invoice_has_the_current_version_of_its_template(office: Office) -> None:
    template = new_template(office)
    give(office, template)
    issued = create(office, send_email=True)
    change(office, template, footer="B")
    note, payment = credit_note(office, issued, "1"), pay(office, get_invoice(office.uow(), issued.id), "10")
    assert (note.template, payment.template) == (TemplateRef(template, 2), TemplateRef(template, 2))
    statement = get_customer_statement(office.uow(), CUSTOMER, Period(), ledger_of(office))
    assert statement.template == TemplateRef(template, 2)
    assert payment.template == office.uow().get(type(payment), payment.id).template, "it is stored"


def test_a_draft_whose_customers_template_was_deleted_looks_as_the_default_and_says_so(office: Office) -> None:
    template, other, default = (new_template(office) for _ in range(3))
    make_default(office, default)
    give(office, template)
    draft, with_own = create(office), create(office, template_id=other)
    for each in (template, other):
        office.run_use_case(lambda uow, each=each: delete_template(uow, each))  # type: ignore[misc]
    for invoice, field in ((draft, "customer.template_id"), (with_own, "template_id")):
        uow = office.uow()
        assert get_invoice(uow, invoice.id).template == TemplateRef(default, 1)
        assert [(each.field, each.code) for each in uow.warnings] == [(field, "TEMPLATE_DELETED")]
    assert send(office, draft).template == TemplateRef(default, 1)
    assert give(office, template).template_id == template, "what was named before is no error"


def test_a_customer_names_only_templates_that_there_are(office: Office) -> None:
    def create_another() -> object:
        return office.run_use_case(lambda uow: create_customer(uow, a_new_customer(template_id="tmpl_9")))

    for use in (create_another, lambda: give(office, "tmpl_9")):
        with pytest.raises(ValidationFailed) as refused:
            use()
        (detail,) = refused.value.details
        assert (detail.field, detail.code) == ("template_id", "TEMPLATE_NOT_FOUND")
    template = new_template(office)
    made = office.run_use_case(lambda uow: create_customer(uow, a_new_customer(template_id=template)))
    assert made.template_id == template
