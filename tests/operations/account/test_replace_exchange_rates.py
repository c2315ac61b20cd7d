"""Setting exchange rates, and issuing invoices with them."""

from decimal import Decimal

import pytest

from invoicing.domain.errors import PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.operations.account.replace_exchange_rates import replace_exchange_rates
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import PAGE_URL, a_new_invoice
from tests.fakes import FakeStore
from tests.office import Office


def replace_rates(
    office: Office, base: str | None = None, if_version: int | None = None, **rates: str
) -> ExchangeRates:
    exact = {currency: Decimal(rate) for currency, rate in rates.items()}
    return office.run_use_case(lambda uow: replace_exchange_rates(uow, exact, base=base, if_version=if_version))


def create(office: Office, currency: str, *, send_email: bool) -> Invoice:
    new = a_new_invoice(currency=currency)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL))


def test_all_rates_are_replaced_at_once(office: Office, store: FakeStore) -> None:
    replace_rates(office, EUR="0.9", GBP="0.8")
    replace_rates(office, EUR="0.92")
    (rates,) = store.all(ExchangeRates)
    assert (rates.rates, rates.version) == ({"EUR": Decimal("0.92")}, 2)


def test_of_two_editors_with_the_same_version_the_second_is_refused(office: Office) -> None:
    replace_rates(office, if_version=0, EUR="0.9")
    with pytest.raises(PreconditionFailed):
        replace_rates(office, if_version=0, EUR="0.8")


def test_rates_are_those_of_the_accounts_currency(office: Office, store: FakeStore) -> None:
    for base, currency, code in (("EUR", "GBP", "BASE_INVALID"), ("USD", "USD", "CURRENCY_INVALID")):
        with pytest.raises(ValidationFailed) as refused:
            replace_rates(office, base, None, **{currency: "1"})
        assert refused.value.details[0].code == code
    assert store.all(ExchangeRates) == []


@pytest.mark.parametrize(("currency", "rate"), [("EUR", Decimal("0.9")), ("USD", Decimal(1)), ("JPY", None)])
def test_an_invoice_keeps_the_rate_it_was_issued_with(office: Office, currency: str, rate: Decimal | None) -> None:
    replace_rates(office, EUR="0.9")
    draft = create(office, currency, send_email=False)
    assert draft.exchange is None
    sent = office.run_use_case(lambda uow: send_invoice(uow, draft.id, EmailRequest(), page_url=PAGE_URL))
    kept = sent.exchange
    assert kept is not None
    assert kept.rate == rate
    assert create(office, currency, send_email=True).exchange == kept
    replace_rates(office, EUR="0.5", JPY="150")
    again = office.run_use_case(lambda uow: send_invoice(uow, draft.id, EmailRequest(), page_url=PAGE_URL))
    assert again.exchange == kept
