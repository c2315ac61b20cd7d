"""An invoice in another currency says its rate and its tax in the account's own."""

from decimal import Decimal
from typing import Any

import pytest

from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request

RATE = {"base_currency": "USD", "exchange_rate": Decimal("0.92"), "exchange_rate_source": "account"}
LINES = [
    {"description": "Work", "quantity": 1, "unit_price": "100.05", "tax_rate": "0.19"},
    {"description": "Book", "quantity": 1, "unit_price": "10.05", "tax_rate": "0.07"},
]


def create(key: str, **changes: Any) -> Response:
    body = NEW_INVOICE | {"items": LINES, "currency": "EUR"} | changes
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key))


def warned(answer: Response) -> list[str]:
    """The warnings about the exchange rate; the due date of the invoice has passed, too."""
    return [each["code"] for each in answer.json["meta"]["warnings"] if each["field"] == "exchange_rate"]


@pytest.fixture
def rates(key: str, customer: Any) -> None:
    body = {"rates": {"EUR": 0.92}}
    call("account/replace_exchange_rates", request("PUT", "/account/exchange-rates", body, key=key))


@pytest.mark.usefixtures("rates")
def test_an_issued_invoice_keeps_rate_date_and_source(key: str) -> None:
    answer = create(key, send_email=True)
    assert {name: answer.data[name] for name in RATE} == RATE
    assert answer.data["exchange_rate_date"] == answer.data["created_at"][:10]
    taxes = [group["tax_in_base_currency"] for group in answer.data["tax_breakdown"]]
    assert [group["tax"] for group in answer.data["tax_breakdown"]] == [Decimal("19.01"), Decimal("0.70")]
    assert taxes == [Decimal("20.66"), Decimal("0.76")]  # 19.01 / 0.92 = 20.663…, 0.70 / 0.92 = 0.760…
    assert answer.data["tax_in_base_currency"] == sum(taxes)
    assert warned(answer) == []


@pytest.mark.usefixtures("rates")
def test_a_draft_shows_only_what_was_given(key: str) -> None:
    plain, given = create(key).data, create(key, exchange_rate="0.9").data
    empty = dict.fromkeys((*RATE, "exchange_rate_date", "tax_in_base_currency"))
    assert {name: plain[name] for name in empty} == empty
    assert {name: given[name] for name in empty} == empty | {"exchange_rate": Decimal("0.9")}


@pytest.mark.usefixtures("rates")
def test_credit_notes_and_payments_have_the_rate_of_their_invoice(key: str) -> None:
    sent = create(key, send_email=True).data
    path = f"/invoices/{sent['id']}"
    parameters = {"invoice_id": sent["id"]}

    def ask(file: str, suffix: str, body: Any) -> Any:
        return call(file, request("POST", path + suffix, body, key=key, parameters=parameters)).data

    kept = {name: sent[name] for name in (*RATE, "exchange_rate_date")}
    payment = ask("payments/record_invoice_payment", "/payments", {"amount": 1})
    note = ask("credit_notes/create_credit_note", "/credit-notes", {"reason": "Returned"})
    assert {name: payment[name] for name in kept} == {name: note[name] for name in kept} == kept
    assert note["tax_in_base_currency"] == sent["tax_in_base_currency"]
    body = {"amount": 1, "exchange_rate": "0.95", "customer_id": sent["customer_id"], "currency": "EUR"}
    body |= {"allocations": [], "allow_overpayment": True}
    own = call("payments/record_payment", request("POST", "/payments", body, key=key)).data
    assert (own["exchange_rate"], own["exchange_rate_source"]) == (Decimal("0.95"), "given")


def test_without_a_rate_the_figures_are_null_and_sending_warns(key: str, customer: Any) -> None:
    answer = create(key, send_email=True)
    assert answer.status == 201
    assert answer.data["base_currency"] == "USD"
    assert answer.data["exchange_rate"] is answer.data["tax_in_base_currency"] is None
    assert warned(answer) == ["EXCHANGE_RATE_MISSING"]


def test_an_invoice_in_the_account_s_currency_has_its_tax_in_it(key: str, customer: Any) -> None:
    data = create(key, currency="USD", send_email=True).data
    assert (data["exchange_rate"], data["exchange_rate_source"]) == (Decimal(1), None)
    assert data["tax_in_base_currency"] == data["tax"]


@pytest.mark.parametrize("rate", [0, -1, "1.00000000001", "1234567.0000000001", 10**10, True])
def test_a_rate_is_above_0_with_10_decimals_and_15_digits(key: str, customer: Any, rate: Any) -> None:
    answer = create(key, exchange_rate=rate)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [
        ("exchange_rate", "RATE_INVALID")
    ]
