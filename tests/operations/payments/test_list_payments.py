from dataclasses import replace

from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.payments.list_payments import list_payments
from tests.books import issue, pay
from tests.fakes import FakeStore
from tests.office import Office


def of_invoice(invoice_id: str, *others: Condition) -> ListQuery:
    return ListQuery(conditions=(*others, Condition("invoice_id", "eq", (invoice_id,))))


def test_all_payments_of_the_account_are_listed(office: Office, store: FakeStore) -> None:
    payments = [pay(office, issue(office), "1") for _ in range(2)]
    store.keep(replace(payments[0], account="acc_2"))
    assert list_payments(office.uow(), ListQuery()).items == tuple(payments[::-1])


def test_those_of_an_invoice_are_what_it_names_filtered_by_the_rest(office: Office) -> None:
    first, second = issue(office), issue(office)
    payments = [pay(office, invoice, "1", method=method) for invoice in (first, second) for method in ("cash", "check")]
    assert list_payments(office.uow(), of_invoice(first.id)).items == (payments[1], payments[0])
    cash = Condition("payment_method", "eq", ("cash",))
    assert list_payments(office.uow(), of_invoice(first.id, cash)).items == (payments[0],)
    page = list_payments(office.uow(), replace(of_invoice(first.id), per_page=1, offset=1, page=2))
    assert (page.items, page.total, page.has_next, page.has_previous) == ((payments[0],), 2, False, True)


def test_an_unknown_invoice_has_none(office: Office) -> None:
    pay(office, issue(office), "1")
    assert list_payments(office.uow(), of_invoice("inv_404")).items == ()
