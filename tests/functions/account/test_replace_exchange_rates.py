from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request


def put(key: str, body: Any, **headers: str) -> Response:
    event = request("PUT", "/account/exchange-rates", body, key=key, headers=headers)
    return call("account/replace_exchange_rates", event)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ('{"rates": {"EUR": 0}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"EUR": -1}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"EUR": "0,9"}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"EUR": true}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"EUR": 0.00000000001}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"EUR": 1.00000000001}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"EUR": 1e10}}', "rates.EUR", "RATE_INVALID"),
        ('{"rates": {"USD": 1}}', "rates.USD", "CURRENCY_INVALID"),
        ('{"base": "EUR", "rates": {}}', "base", "BASE_INVALID"),
        ("{}", "rates", "FIELD_REQUIRED"),
    ],
)
def test_a_wrong_field_is_named(key: str, aws: Aws, wrong: str, field: str, code: str) -> None:
    answer = put(key, wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert not any(item["sk"]["S"].startswith("rates#") for item in aws.items("accounts"))


def test_a_code_that_is_no_currency_is_refused(key: str) -> None:
    answer = put(key, {"rates": {"XYZ": 1}})
    assert [detail["code"] for detail in answer.error["details"]] == ["CURRENCY_INVALID"]


def test_of_two_editors_with_the_same_etag_one_gets_412(key: str) -> None:
    tags = ('"other"', '"v0"', '"v0"', '"v1"')
    assert [put(key, {"rates": {"EUR": 1}}, **{"If-Match": tag}).status for tag in tags] == [412, 200, 412, 200]


def test_an_invoice_shows_the_rate_it_was_issued_with(key: str, customer: Any) -> None:
    put(key, '{"base": "USD", "rates": {"EUR": "0.92210"}}')
    shown = {}
    for currency in ("EUR", "USD", "JPY"):
        body = NEW_INVOICE | {"currency": currency, "send_email": True}
        shown[currency] = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data[
            "exchange_rate"
        ]
    assert {currency: str(rate) for currency, rate in shown.items()} == {"EUR": "0.9221", "USD": "1", "JPY": "None"}
