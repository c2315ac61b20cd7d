"""The payouts of a customer's credit, as they are listed."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.payments.list_credit_payouts import list_credit_payouts
from tests.books import issue, ledger_of, pay
from tests.builders import a_customer
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.payments.test_pay_out_credit import pay_out


def test_payouts_are_listed_newest_first_with_those_of_no_other(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(id="cust_2"))
    pay(office, issue(office), "120")
    pay(office, issue(office, customer_id="cust_2"), "120")
    made = [pay_out(office, "5"), pay_out(office, "6")]
    pay_out(office, "7", "cust_2")
    found = office.run_use_case(lambda uow: list_credit_payouts(uow, "cust_123", ledger_of(office)))
    assert found == made[::-1]


def test_an_unknown_customer_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        office.run_use_case(lambda uow: list_credit_payouts(uow, "cust_404", ledger_of(office)))
    assert refused.value.code == "CUSTOMER_NOT_FOUND"
