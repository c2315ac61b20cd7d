import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.payments.list_invoice_payments import list_invoice_payments
from tests.books import issue, pay
from tests.office import Office


def test_the_payments_are_those_that_the_invoice_names(office: Office) -> None:
    first, second = issue(office), issue(office)
    payments = [pay(office, invoice, "1", method=method) for invoice in (first, second) for method in ("cash", "check")]
    listed = list_invoice_payments(office.uow(), first.id, ListQuery())
    assert listed.items == (payments[1], payments[0])
    checks = ListQuery(conditions=(Condition("payment_method", "eq", ("check",)),))
    assert list_invoice_payments(office.uow(), first.id, checks).items == (payments[1],)
    assert list_invoice_payments(office.uow(), issue(office).id, ListQuery()).items == ()


def test_of_an_unknown_invoice_there_are_none(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        list_invoice_payments(office.uow(), "inv_404", ListQuery())
    assert refused.value.code == "INVOICE_NOT_FOUND"
