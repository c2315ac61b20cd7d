import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.payments.get_invoice_payment import get_invoice_payment
from tests.books import issue, pay
from tests.fakes import FakeStore
from tests.office import Office


def test_a_payment_is_found_by_the_invoice_it_paid(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay(office, first, "1")
    reads = store.reads
    assert get_invoice_payment(office.uow(), first.id, payment.id) == payment
    assert store.reads == reads + 1
    with pytest.raises(NotFound) as refused:
        get_invoice_payment(office.uow(), second.id, payment.id)
    assert refused.value.code == "PAYMENT_NOT_FOUND"


@pytest.mark.parametrize(
    ("known", "payment_id", "code"), [(True, "pay_404", "PAYMENT_NOT_FOUND"), (False, None, "INVOICE_NOT_FOUND")]
)
def test_what_is_unknown_is_named(office: Office, known: bool, payment_id: str | None, code: str) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "1")
    with pytest.raises(NotFound) as refused:
        get_invoice_payment(office.uow(), invoice.id if known else "inv_404", payment_id or payment.id)
    assert refused.value.code == code
