"""Previews of totals."""

from decimal import Decimal

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.discounts import Discount
from invoicing.domain.parties.customer import Customer
from invoicing.operations.invoices.calculate_invoice import calculate_invoice
from invoicing.operations.invoices.create_invoice import create_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice
from tests.fakes import FakeStore
from tests.office import Office


def calculate(office: Office, new: NewInvoice) -> Invoice:
    return office.run_use_case(lambda uow: calculate_invoice(uow, new))


def test_it_is_what_create_would_make_and_nothing_is_written(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(currency="KWD"))
    new = a_new_invoice(a_line("3", "0.3335", "0.1"), discount=Discount(type="percentage", value=Decimal(7)))
    calculated = calculate(office, new)
    assert (store.reads, store.commits, store.all(Invoice)) == (1, 0, [])
    created = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    assert store.reads == 2
    for name in ("currency", "subtotal", "discount_amount", "tax", "total", "tax_breakdown", "issue_date", "due_date"):
        assert getattr(calculated, name) == getattr(created, name)


def test_without_a_customer_all_follows_from_the_account(office: Office, store: FakeStore) -> None:
    calculated = calculate(office, a_new_invoice(customer_id=""))
    assert (calculated.currency, calculated.total) == ("USD", 183600)
    assert store.reads == 1


@pytest.mark.parametrize("customer", ["cust_404", "cust_old"])
def test_a_customer_that_could_not_be_billed_is_refused(office: Office, store: FakeStore, customer: str) -> None:
    store.keep(a_customer(id="cust_old", archived_at=NOW))
    with pytest.raises(ValidationFailed) as refused:
        calculate(office, a_new_invoice(customer_id=customer))
    assert refused.value.code == "INVALID_CUSTOMER"


def test_a_customer_is_not_marked_as_billed(office: Office, store: FakeStore) -> None:
    calculate(office, a_new_invoice())
    assert store.all(Customer) == [a_customer()]


def test_what_create_refuses_is_refused(office: Office) -> None:
    with pytest.raises(ValidationFailed) as refused:
        calculate(office, a_new_invoice(a_line("1", "-1")))
    assert [detail.code for detail in refused.value.details] == ["TOTAL_NEGATIVE"]
