"""The exchange rate that an issued invoice, its credit notes and its payments keep."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account._own_account import RATES
from invoicing.operations.account.update_account import update_account
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.calculate_invoice import calculate_invoice
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.record_payment import NewAllocation, NewCustomerPayment, record_payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice, an_account
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.account.using_series import create, credit, send

GIVEN = Exchange(base="USD", rate=Decimal("0.91"), rate_date=NOW.date(), source="given")
YESTERDAY = NOW - timedelta(days=1)
OF_ACCOUNT = Exchange(base="USD", rate=Decimal("0.92"), rate_date=YESTERDAY.date(), source="account")
UNKNOWN = Exchange(base="USD")


@pytest.fixture(autouse=True)
def _rates(store: FakeStore) -> None:
    rates = {"EUR": Decimal("0.92")}
    store.keep(ExchangeRates(account="acc_1", id=RATES, version=1, base="USD", rates=rates, updated_at=YESTERDAY))


@pytest.mark.parametrize(
    ("currency", "rate", "kept"),
    [
        ("EUR", "0.91", GIVEN),
        ("EUR", None, OF_ACCOUNT),
        ("CHF", None, UNKNOWN),
        ("CHF", "0.91", GIVEN),
        ("USD", None, Exchange(base="USD", rate=Decimal(1))),
        ("USD", "1", Exchange(base="USD", rate=Decimal(1))),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_given_holds_else_what_the_account_knows(
    office: Office, currency: str, rate: str | None, kept: Exchange, *, at_once: bool
) -> None:
    given = None if rate is None else Decimal(rate)
    invoice = create(office, currency=currency, exchange_rate=given, send_email=at_once)
    assert (invoice.exchange is None) == (not at_once)
    issued = invoice if at_once else send(office, invoice)
    assert issued.exchange == kept


def test_a_given_rate_has_the_date_of_the_invoice(office: Office) -> None:
    day = date(2026, 11, 3)
    issued = create(office, currency="EUR", exchange_rate=Decimal("0.91"), issue_date=day, send_email=True)
    assert issued.exchange == replace(GIVEN, rate_date=day)


def test_later_changes_of_currency_and_rates_change_nothing_issued(office: Office, store: FakeStore) -> None:
    issued = create(office, currency="EUR", send_email=True)
    office.run_use_case(lambda uow: update_account(uow, {"currency": "CHF"}))
    (kept,) = store.all(Invoice)
    assert kept == issued
    assert create(office, currency="EUR", send_email=True).exchange == Exchange(base="CHF")
    assert credit(office, issued).exchange == issued.exchange


def record(office: Office, invoice: Invoice, rate: str | None = None, **fields: Any) -> Payment:
    given = None if rate is None else Decimal(rate)
    new = NewPayment(amount=Decimal(1), method="cash", exchange_rate=given, **fields)
    return office.run_use_case(lambda uow: record_invoice_payment(uow, invoice.id, new))


def test_a_payment_has_the_rate_of_its_invoice_or_one_of_its_own_date(office: Office) -> None:
    issued = create(office, currency="EUR", issue_date=date(2026, 11, 1), send_email=True)
    assert record(office, issued).exchange == issued.exchange == OF_ACCOUNT
    own = record(office, issued, "0.95", payment_date=date(2026, 11, 5))
    assert own.exchange == Exchange(base="USD", rate=Decimal("0.95"), rate_date=date(2026, 11, 5), source="given")


def pay(office: Office, store: FakeStore, *invoices: Invoice, rate: str | None = None) -> Payment:
    new = NewCustomerPayment(
        customer_id="cust_123",
        currency="EUR",
        amount=Decimal(5),
        method="cash",
        exchange_rate=None if rate is None else Decimal(rate),
        allocations=tuple(NewAllocation(invoice_id=each.id, amount=Decimal(1)) for each in invoices),
        allow_overpayment=True,
    )
    return office.run_use_case(lambda uow: record_payment(uow, new, FakeLedger(store)))


def test_a_customer_s_payment_has_the_rate_that_its_invoices_share_else_the_account_s(
    office: Office, store: FakeStore
) -> None:
    first, same, other = (
        create(office, currency="EUR", exchange_rate=Decimal(rate), send_email=True)
        for rate in ("0.91", "0.910", "0.93")
    )
    assert pay(office, store, first).exchange == pay(office, store, first, same).exchange == GIVEN
    assert pay(office, store, first, other).exchange == pay(office, store).exchange == OF_ACCOUNT
    assert pay(office, store, first, rate="0.99").exchange == replace(GIVEN, rate=Decimal("0.99"))


def warnings(office: Office, use_case: Any) -> list[tuple[str, str]]:
    seen: list[UnitOfWork] = []

    def act(uow: UnitOfWork) -> None:
        seen.append(uow)
        use_case(uow)

    office.run_use_case(act)
    return [(warning.field, warning.code) for warning in seen[-1].warnings]


@pytest.mark.parametrize(
    ("changes", "is_warned"),
    [
        ({"currency": "CHF"}, True),
        ({"currency": "CHF", "exchange_rate": Decimal("0.9")}, False),
        ({"currency": "EUR"}, False),
        ({"currency": "USD"}, False),
    ],
)
def test_a_tax_without_a_rate_is_sent_with_a_warning(office: Office, changes: Any, *, is_warned: bool) -> None:
    draft = create(office, **changes)
    found = warnings(office, lambda uow: send_invoice(uow, draft.id, EmailRequest(), page_url=PAGE_URL))
    assert found == ([("exchange_rate", "EXCHANGE_RATE_MISSING")] if is_warned else [])


def test_without_tax_no_rate_is_missed(office: Office) -> None:
    new = a_new_invoice(a_line(), currency="CHF")
    assert warnings(office, lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL)) == []


def test_a_rate_of_the_account_s_own_currency_is_refused(office: Office, store: FakeStore) -> None:
    wrong: dict[str, Any] = {"exchange_rate": Decimal("1.1")}
    draft, issued = create(office, currency="EUR", **wrong), create(office, send_email=True)
    for act in (
        lambda: create(office, **wrong),
        lambda: office.run_use_case(lambda uow: calculate_invoice(uow, a_new_invoice(**wrong))),
        lambda: office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"currency": None})),
        lambda: record(office, issued, "1.1"),
    ):
        with pytest.raises(ValidationFailed) as refused:
            act()
        assert [(each.field, each.code) for each in refused.value.details] == [("exchange_rate", "RATE_INVALID")]


def test_a_tax_that_has_too_many_digits_at_this_rate_is_refused(office: Office) -> None:
    many = (a_line("1", "1000000", "0.2"),)
    with pytest.raises(ValidationFailed) as refused:
        create(office, lines=many, currency="EUR", exchange_rate=Decimal("0.0000000001"), send_email=True)
    assert [each.code for each in refused.value.details] == ["RATE_INVALID"]


def test_a_copy_asks_for_a_rate_of_its_own_day_and_a_draft_can_lose_its_rate(office: Office) -> None:
    draft = create(office, currency="EUR", exchange_rate=Decimal("0.91"))
    assert office.run_use_case(lambda uow: duplicate_invoice(uow, draft.id)).exchange_rate is None
    cleared = office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"exchange_rate": None}))
    assert cleared.exchange_rate is None
    assert send(office, cleared).exchange == OF_ACCOUNT


def test_an_account_that_changed_its_currency_converts_to_the_new_one(office: Office, store: FakeStore) -> None:
    store.keep(an_account(currency="CHF"))
    assert create(office, currency="EUR", exchange_rate=Decimal("1.05"), send_email=True).exchange == Exchange(
        base="CHF", rate=Decimal("1.05"), rate_date=NOW.date(), source="given"
    )
