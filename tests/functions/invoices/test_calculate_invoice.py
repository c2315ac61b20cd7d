from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.aws import Aws
from tests.examples import examples
from tests.functions.conftest import LINE, NEW_INVOICE
from tests.functions.keys import NEVER_USED_UP, change_key
from tests.http import Response, call, call_handler, load_handler, request

FIGURES = (
    "currency",
    "subtotal",
    "discount",
    "discount_detail",
    "tax",
    "tax_breakdown",
    "total",
    "issue_date",
    "due_date",
)


def calculate(key: str, body: Any) -> Response:
    return call("invoices/calculate_invoice", request("POST", "/invoices/calculate", body, key=key))


def decimals(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda number: Decimal(number).scaleb(-places))


rates = st.sampled_from([None, *map(Decimal, ("0", "0.07", "0.19", "0.0825", "1"))])
percentages = st.fixed_dictionaries({"type": st.just("percentage"), "value": decimals(0, 10000, 2)})
amounts = st.fixed_dictionaries({"type": st.just("fixed"), "value": st.integers(0, 3)})
discounts = st.none() | percentages | amounts
lines = st.fixed_dictionaries(
    {
        "description": st.just("x"),
        "quantity": decimals(1, 10**7, 6),
        "unit_price": decimals(-(10**6), 10**8, 6),
        "tax_rate": rates,
        "discount": discounts,
        "tax_name": st.sampled_from([None, "VAT"]),
    }
)
bodies = st.fixed_dictionaries(
    {
        "customer_id": st.just("cust_123"),
        "items": st.lists(lines, min_size=1, max_size=5),
        "currency": st.sampled_from(["USD", "JPY", "KWD", "CLF"]),
        "tax_rate": rates,
        "discount": discounts,
        "prices_include_tax": st.booleans(),
    }
)


@pytest.mark.usefixtures("customer")
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies)
def test_it_answers_what_create_answers(aws: Aws, key: str, body: Any) -> None:
    change_key(aws, key, requests_per_hour=NEVER_USED_UP)
    handlers = [load_handler(f"invoices/{name}_invoice") for name in ("calculate", "create")]
    calculated, created = (
        call_handler(handler, request("POST", path, body, key=key))
        for handler, path in zip(handlers, ("/invoices/calculate", "/invoices"), strict=True)
    )
    if created.status == 422:
        assert (calculated.status, calculated.error["details"]) == (422, created.error["details"])
        return
    assert calculated.status == 200, calculated.body
    assert {name: calculated.data[name] for name in FIGURES} == {name: created.data[name] for name in FIGURES}
    without_ids = [{name: line[name] for name in line if name != "id"} for line in created.data["items"]]
    assert calculated.data["items"] == without_ids


def test_every_step_is_explained(key: str, customer: Any) -> None:
    body = NEW_INVOICE | {
        "items": [LINE | {"tax_rate": Decimal("0.08")}, LINE | {"quantity": 1, "unit_price": 200}],
        "discount": {"type": "percentage", "value": 10},
    }
    assert calculate(key, body).data["explanation"] == [
        "Line 1: 10 × 150.00 = 1500.00.",
        "Line 2: 1 × 200.00 = 200.00.",
        "Discount: 10% of 1700.00 = 170.00; 8% (S) 150.00, 0% 20.00; line 1 150.00, line 2 20.00.",
        "Tax 8% (S): 8% of 1350.00 = 108.00.",
        "Tax 0%: 0% of 180.00 = 0.00.",
        "Total: subtotal 1700.00 − discount 170.00 + tax 108.00 = 1638.00 USD.",
    ]


def test_nothing_is_made(key: str, customer: Any, aws: Aws) -> None:
    assert calculate(key, NEW_INVOICE | {"invoice_number": "OWN-1", "send_email": True}).status == 200
    assert [aws.items(table) for table in ("invoices", "deliveries", "idempotency")] == [[], [], []]
    assert [item["type"]["S"] for item in aws.items("events")] == ["customer.created"]


def test_it_needs_no_customer(key: str) -> None:
    answer = calculate(key, {"items": [LINE], "customer_id": None})
    assert (answer.data["total"], answer.data["currency"]) == (1500, "USD")
    assert answer.json["links"]["create"].endswith("/invoices")


def test_decimal_strings_are_numbers(key: str) -> None:
    body = {
        "items": [LINE | {"quantity": "10", "unit_price": "150.00", "tax_rate": "0.08", "discount": "5.00"}],
        "discount": {"type": "percentage", "value": "10.0"},
        "tax_rate": "0.1",
    }
    line = {"quantity": 10, "unit_price": 150, "tax_rate": Decimal("0.08"), "discount": 5}
    in_numbers = {
        "items": [LINE | line],
        "discount": {"type": "percentage", "value": 10},
        "tax_rate": Decimal("0.1"),
    }
    assert calculate(key, body).data == calculate(key, in_numbers).data
    assert calculate(key, body).status == 200


def test_a_wrong_field_is_named(key: str) -> None:
    answer = calculate(key, {"items": [LINE | {"quantity": 0}], "customer": "x"})
    found = [(detail["field"], detail["code"]) for detail in answer.error["details"]]
    assert sorted(found) == [("customer", "FIELD_UNKNOWN"), ("items[0].quantity", "QUANTITY_INVALID")]


def test_it_explains_why_there_is_no_tax(key: str) -> None:
    body = {"items": [LINE | {"tax_category": "AE"}], "locale": "fr"}
    step = "Tax 0% (AE): 0% of 1500.00 = 0.00; the invoice says why: Autoliquidation (VATEX-EU-AE)."
    assert step in calculate(key, body).data["explanation"]


def test_a_tax_of_a_small_business_is_accepted_with_a_warning(key: str) -> None:
    call("account/update_account", request("PATCH", "/account", {"small_business": True}, key=key))
    untaxed, taxed = (calculate(key, {"items": [LINE], "tax_rate": rate}) for rate in (None, Decimal("0.19")))
    assert untaxed.data["tax_breakdown"][0]["exemption_reasons"] == ["Small business exemption: no tax is charged"]
    assert "warnings" not in untaxed.json["meta"]
    assert taxed.data["tax_breakdown"][0]["exemption_reasons"] == []
    assert [warning["code"] for warning in taxed.json["meta"]["warnings"]] == ["SMALL_BUSINESS_TAX"]
