import json
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.due_work import received
from tests.http import Response, call, load_handler, request

FIXED = {"type": "fixed", "value": 40}


def charge(key: str, invoice_id: str, body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/late-fees", {"invoice_id": invoice_id}
    event = request("POST", path, body, key=key, headers=named, parameters=parameters)
    return call("invoices/charge_late_fee", event)


def patch_account(key: str, late_fee: Any) -> Response:
    return call("account/update_account", request("PATCH", "/account", {"late_fee": late_fee}, key=key))


def get(key: str, invoice_id: str) -> Response:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event)


@pytest.fixture
def late(key: str, customer: Any) -> Any:
    """An invoice that is issued today, and whose due date passed long ago: it is late from tomorrow on."""
    assert customer
    body = NEW_INVOICE | {"issue_date": "2024-02-15", "send_email": True}
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data


def test_the_answer_is_the_invoice_of_the_fee_and_both_are_linked(key: str, late: Any) -> None:
    assert patch_account(key, FIXED).status == 200
    answer = charge(key, late["id"])
    assert answer.status == 201, answer.body
    fee = answer.data
    assert (fee["status"], fee["late_fee_of"], fee["total"], fee["tax"]) == ("sent", late["id"], 40, 0)
    assert fee["due_date"] == fee["issue_date"]
    assert (fee["items"][0]["tax_category"], fee["items"][0]["description"][:9]) == ("O", "Late fee,")
    assert answer.headers["Location"].endswith(f"/invoices/{fee['id']}")
    links = answer.json["links"]
    assert links["late_fee_of"].endswith(f"/invoices/{late['id']}")
    assert links["late_fees"] is None
    original = get(key, late["id"])
    (charged,) = original.data["late_fees"]
    assert (charged["invoice_id"], charged["type"], charged["period"], charged["amount"]) == (
        fee["id"], "fixed", "once", 40,
    )  # fmt: skip
    assert (original.data["amount_due"], original.data["late_fee_of"]) == (late["amount_due"], None)
    assert original.json["links"]["late_fees"].endswith(f"/invoices/{late['id']}/late-fees")


def test_a_late_fee_of_the_request_goes_first(key: str, late: Any) -> None:
    patch_account(key, FIXED)
    body = {"late_fee": {"type": "percentage", "value": "1.5"}, "send_email": False}
    assert charge(key, late["id"], body).data["total"] == 22.5
    assert charge(key, late["id"]).data["total"] == 40


def test_mail_is_ordered_unless_it_is_refused(key: str, late: Any, aws: Aws) -> None:
    patch_account(key, FIXED)
    before = len(aws.items("deliveries"))
    charge(key, late["id"], {"send_email": False})
    assert len(aws.items("deliveries")) == before
    charge(key, late["id"], {"late_fee": {"type": "percentage", "value": 1}})
    assert len(aws.items("deliveries")) == before + 1


def test_the_same_key_charges_once_and_another_nothing(key: str, late: Any) -> None:
    patch_account(key, FIXED)
    first = charge(key, late["id"], {}, idempotency_key="k")
    again = charge(key, late["id"], {}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    refused = charge(key, late["id"], {}, idempotency_key="l")
    assert (refused.status, refused.error["code"]) == (409, "NOTHING_TO_CHARGE")
    assert refused.error["message"] == "No late fee can be charged: the fee was charged already."


def test_what_is_wrong_is_named(key: str, late: Any) -> None:
    assert charge(key, late["id"]).error["message"].startswith("No late fee can be charged: neither the customer")
    for late_fee, field, code in (
        ({}, "late_fee.type", "FIELD_REQUIRED"),
        ({"type": "fixed"}, "late_fee.value", "FIELD_REQUIRED"),
        ({"type": "percentage", "value": 101}, "late_fee.value", "PERCENTAGE_INVALID"),
        ({"type": "fixed", "value": 1, "period": "P1Y"}, "late_fee.period", "VALUE_INVALID"),
        ({"type": "daily_interest", "rates": [{"from": "2026-01-01"}]}, "late_fee.rates[0].value", "FIELD_REQUIRED"),
        ({"type": "daily_interest", "rates": [{"value": 1}]}, "late_fee.rates[0].from", "FIELD_REQUIRED"),
        ({"type": "fixed", "value": 1, "grace_days": 366}, "late_fee.grace_days", "VALUE_INVALID"),
        ({"type": "none", "value": 1}, "late_fee.value", "VALUE_INVALID"),
    ):
        detail = charge(key, late["id"], {"late_fee": late_fee}).error["details"][0]
        assert (detail["field"], detail["code"]) == (field, code)
    assert charge(key, late["id"], if_match='"v9"').status == 412
    assert charge(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"


def test_the_account_shows_it_merges_it_and_switches_it_off(key: str, customer: Any) -> None:
    assert customer
    rates = [{"from": "2025-01-01", "value": 11.5}, {"from": "2025-07-01", "value": 10.25}]
    shown = patch_account(key, {"type": "daily_interest", "rates": rates, "max": "100.50"}).data["late_fee"]
    assert shown == {
        "type": "daily_interest", "value": None, "rates": rates, "rate_basis": "period", "tiers": [],
        "period": "once", "grace_days": 0, "max": 100.5, "automatic": False, "tax_rate": None, "tax_category": None,
    }  # fmt: skip
    assert patch_account(key, shown).data["late_fee"] == shown, "what is shown is accepted"
    changed = patch_account(key, {"automatic": True, "period": "P1M"}).data["late_fee"]
    assert changed == shown | {"automatic": True, "period": "P1M"}
    refused = patch_account(key, {"type": "fixed"})
    assert {detail["field"] for detail in refused.error["details"]} >= {"late_fee.rates"}
    assert patch_account(key, {"type": "fixed", "value": 40, "rates": None}).data["late_fee"]["value"] == 40
    assert patch_account(key, None).data["late_fee"] is None


def test_a_customer_has_its_own(key: str, customer: Any) -> None:
    body = {"name": "Bob", "late_fee": {"type": "fixed", "tiers": [{"from_amount": 0, "value": 40}], "automatic": True}}
    made = call("customers/create_customer", request("POST", "/customers", body, key=key)).data
    assert (made["late_fee"]["tiers"], made["late_fee"]["automatic"]) == ([{"from_amount": 0, "value": 40}], True)
    path, parameters = f"/customers/{customer['id']}", {"customer_id": customer["id"]}
    event = request("PATCH", path, {"late_fee": {"type": "none"}}, key=key, parameters=parameters)
    assert call("customers/update_customer", event).data["late_fee"]["type"] == "none"
    event = request("PATCH", path, {"late_fee": None}, key=key, parameters=parameters)
    assert call("customers/update_customer", event).data["late_fee"] is None


@pytest.mark.usefixtures("queue")
def test_an_automatic_one_is_charged_by_the_worker_within_its_policy(key: str, late: Any, aws: Aws) -> None:
    """A late fee that becomes automatic charges what falls due from then on: not this invoice, but its next."""
    patch_account(key, FIXED | {"automatic": True})
    messages = [
        {"account": item["pk"]["S"], "id": item["sk"]["S"]} for item in aws.items("invoices") if "due_at" in item
    ]
    assert [message["id"] for message in messages] == [late["id"]]
    load_handler("schedules/start_due_work")({}, None)
    records = [
        {"messageId": each["MessageId"], "eventSource": "aws:sqs", "body": each["Body"]} for each in received(aws)
    ]
    assert {json.loads(each["body"])["kind"] for each in records} == {"Invoice", "LateFeeChange"}
    answer = load_handler("reactions/run_due_work")({"Records": records}, None)
    assert answer == {"batchItemFailures": []}
    assert get(key, late["id"]).data["status"] == "overdue"
