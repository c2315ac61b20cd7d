"""Which voided invoices get a cancelling credit note."""

import pytest

from invoicing.domain.credit_notes.cancelling import COUNTRIES, is_cancelled_by_note
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import Address
from tests.builders import a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice

FREE = a_new_invoice(a_line("1", "0"))


def account_in(country: str | None) -> Account:
    return an_account(address=Address(country=country))


@pytest.mark.parametrize("country", ["DE", "FR", "GR", "HR", "IE", "GB", "XI", "CH", "at"])
def test_in_the_eu_the_uk_and_switzerland_an_issued_invoice_is_cancelled_by_a_note(country: str) -> None:
    assert is_cancelled_by_note(an_issued_invoice(), account_in(country), wanted=None)


@pytest.mark.parametrize("country", ["US", "CA", "NO", "LI", "IS", "AU", "TR", "", None])
def test_elsewhere_it_is_just_cancelled(country: str | None) -> None:
    assert not is_cancelled_by_note(an_issued_invoice(), account_in(country), wanted=None)
    assert not is_cancelled_by_note(an_issued_invoice(), an_account(address=None), wanted=None)


def test_there_are_27_member_states_and_three_more() -> None:
    assert len(COUNTRIES) == 30


@pytest.mark.parametrize("country", ["DE", "US"])
def test_the_client_decides_where_it_says_so(country: str) -> None:
    assert is_cancelled_by_note(an_issued_invoice(), account_in(country), wanted=True)
    assert not is_cancelled_by_note(an_issued_invoice(), account_in(country), wanted=False)


@pytest.mark.parametrize("invoice", [an_invoice(), an_issued_invoice(FREE)])
def test_with_nothing_to_credit_there_is_no_note(invoice: Invoice) -> None:
    assert not is_cancelled_by_note(invoice, account_in("DE"), wanted=None)
    with pytest.raises(Conflict, match=r"nothing to credit on this invoice\. Void it with credit_note set to false"):
        is_cancelled_by_note(invoice, account_in("DE"), wanted=True)
