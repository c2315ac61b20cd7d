from decimal import Decimal

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.list_refunds import list_refunds
from invoicing.operations.refund_payment import NewRefund, refund_payment
from tests.books import issue, pay
from tests.fakes import Office


def test_a_payment_has_its_refunds(office: Office) -> None:
    payment = pay(office, issue(office), "100")
    for amount in (10, 20):
        new = NewRefund(amount=Decimal(amount))
        office.carry_out(lambda work, new=new: refund_payment(work, payment.id, new))  # type: ignore[misc]
    assert [refund.amount for refund in list_refunds(office.work(), payment.id).refunds] == [1000, 2000]


def test_of_an_unknown_payment_there_are_none(office: Office) -> None:
    with pytest.raises(NotFound):
        list_refunds(office.work(), "pay_404")
