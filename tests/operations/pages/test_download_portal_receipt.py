"""Receipts in the portal: those of its customer."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.payments.payment import PaymentStatus
from invoicing.operations.pages.download_portal_receipt import download_portal_receipt
from tests.builders import a_customer, a_payment, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.portal_links import TOKEN, keep_link


def test_receipts_are_those_of_the_customer_and_of_money_that_came(store: FakeStore) -> None:
    own, foreign = a_payment(), a_payment(id="pay_2", customer_id="cust_2")
    store.keep(an_account(), a_customer(), own, foreign, a_payment(id="pay_3", status=PaymentStatus.REVERSED))
    keep_link(store)
    visitor = Office(store, account="")
    assert download_portal_receipt(visitor.uow(), TOKEN, "pay_1") == own
    for unknown in ("pay_2", "pay_3", "pay_4"):
        with pytest.raises(NotFound):
            download_portal_receipt(visitor.uow(), TOKEN, unknown)
    with pytest.raises(NotFound):
        download_portal_receipt(visitor.uow(), "nobody-knows-it", "pay_1")
