import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.list_invoice_payments import list_invoice_payments
from invoicing.operations.listing import Condition, ListQuery
from tests.books import issue, pay
from tests.fakes import Office


def test_the_payments_are_those_that_the_invoice_names(office: Office) -> None:
    first, second = issue(office), issue(office)
    payments = [pay(office, invoice, "1", method=method) for invoice in (first, second) for method in ("cash", "check")]
    listed = list_invoice_payments(office.work(), first.id, ListQuery())
    assert listed.things == (payments[1], payments[0])
    checks = ListQuery(conditions=(Condition("payment_method", "eq", ("check",)),))
    assert list_invoice_payments(office.work(), first.id, checks).things == (payments[1],)
    assert list_invoice_payments(office.work(), issue(office).id, ListQuery()).things == ()


def test_of_an_unknown_invoice_there_are_none(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        list_invoice_payments(office.work(), "inv_404", ListQuery())
    assert refused.value.code == "INVOICE_NOT_FOUND"
