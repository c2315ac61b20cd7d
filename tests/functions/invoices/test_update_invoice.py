from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import LINE, NEW_INVOICE
from tests.http import Response, call, request


def update(key: str, invoice_id: str, body: Any, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    parameters = {"invoice_id": invoice_id}
    event = request("PATCH", f"/invoices/{invoice_id}", body, key=key, headers=named, parameters=parameters)
    return call("invoices/update_invoice", event)


def get(key: str, invoice_id: str) -> Any:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event).data


EVERY_FIELD: dict[str, Any] = {
    "items": [{"description": "Hosting", "quantity": 2, "unit_price": 10, "discount": 5, "sku": "H", "unit": "month"}],
    "currency": "EUR",
    "invoice_number": "2024/7",
    "issue_date": "2024-01-02",
    "due_date": "2024-01-20",
    "payment_terms": "By 20 January",
    "tax_rate": 0,
    "prices_include_tax": True,
    "notes": "Thanks",
    "purchase_order": "PO-7",
    "locale": "de",
    "locales": ["de", "fr"],
    "email_subject": "Hello",
    "email_message": "Please pay",
    "metadata": {"a": "b"},
}


def test_every_field_of_create_can_be_changed(key: str, draft: Any) -> None:
    answer = update(key, draft["id"], EVERY_FIELD | {"discount": {"type": "fixed", "value": 1}})
    assert answer.status == 200
    assert {name: answer.data[name] for name in EVERY_FIELD if name != "items"} == {
        name: value for name, value in EVERY_FIELD.items() if name != "items"
    }
    assert (answer.data["subtotal"], answer.data["discount"], answer.data["total"]) == (20, 6, 14)
    assert answer.headers["ETag"] == '"v2"'
    assert get(key, draft["id"]) == answer.data
    assert answer.json["links"]["update"] == answer.json["links"]["self"]


def test_null_takes_away_what_was_given(key: str, draft: Any) -> None:
    update(key, draft["id"], EVERY_FIELD | {"discount": {"type": "fixed", "value": 1}})
    cleared = dict.fromkeys(name for name in EVERY_FIELD if name not in {"items", "prices_include_tax"})
    answer = update(key, draft["id"], cleared | {"discount": None, "items": [LINE], "prices_include_tax": False})
    assert answer.status == 200, answer.body
    assert (answer.data["invoice_number"], answer.data["notes"], answer.data["metadata"]) == (None, None, {})
    assert (answer.data["currency"], answer.data["payment_terms"], answer.data["total"]) == ("USD", "Net 30", 1500)


def test_a_discount_and_metadata_merge(key: str, draft: Any) -> None:
    update(key, draft["id"], {"discount": {"type": "percentage", "value": 10}, "metadata": {"a": "1", "b": "2"}})
    changed = update(key, draft["id"], {"discount": {"value": "20"}, "metadata": {"a": None}}).data
    assert changed["discount_detail"] == {"type": "percentage", "value": 20}
    assert (changed["discount"], changed["metadata"]) == (300, {"b": "2"})
    fixed = update(key, draft["id"], {"discount": {"type": "fixed"}}).data
    assert (fixed["discount_detail"], fixed["discount"]) == ({"type": "fixed", "value": 20}, 20)


def test_a_merged_discount_is_checked_as_a_whole(key: str, draft: Any) -> None:
    missing = update(key, draft["id"], {"discount": {"value": 5}})
    assert [(detail["field"], detail["code"]) for detail in missing.error["details"]] == [
        ("discount.type", "FIELD_REQUIRED")
    ]
    update(key, draft["id"], {"discount": {"type": "fixed", "value": 150}})
    beyond = update(key, draft["id"], {"discount": {"type": "percentage"}})
    assert [(detail["field"], detail["code"]) for detail in beyond.error["details"]] == [
        ("discount", "DISCOUNT_INVALID")
    ]
    assert update(key, draft["id"], {"discount": None}).data["discount_detail"] is None


def test_the_event_names_what_was_changed(key: str, draft: Any, aws: Aws) -> None:
    update(key, draft["id"], {"notes": "x", "terms": "Net 7"})
    (event,) = (item for item in aws.items("events") if item["type"]["S"] == "invoice.updated")
    assert '"changed":["due_date","notes","payment_terms"]' in event["data"]["S"]


def test_the_same_change_again_changes_nothing(key: str, draft: Any) -> None:
    first = update(key, draft["id"], {"notes": "x"})
    again = update(key, draft["id"], {"notes": "x"})
    assert (again.data, again.headers["ETag"]) == (first.data, '"v2"')
    assert update(key, draft["id"], {}).headers["ETag"] == '"v2"'


def test_of_two_editors_the_second_is_told(key: str, draft: Any) -> None:
    assert update(key, draft["id"], {"notes": "mine"}, if_match='"v1"').status == 200
    answer = update(key, draft["id"], {"notes": "yours"}, if_match='"v1"')
    assert (answer.status, answer.error["code"]) == (412, "ETAG_MISMATCH")
    assert get(key, draft["id"])["notes"] == "mine"


def test_a_sent_invoice_is_frozen(key: str, sent: Any) -> None:
    answer = update(key, sent["id"], {"notes": "x"})
    assert (answer.status, answer.error["code"], answer.error["status"]) == (409, "INVALID_INVOICE_STATE", "sent")
    assert answer.error["possible_actions"] == [
        "credit",
        "duplicate",
        "pay",
        "remind",
        "revise",
        "rotate_link",
        "send",
        "void",
        "write_off",
    ]
    assert get(key, sent["id"]) == sent


def test_a_number_that_is_taken_leads_to_the_invoice_that_has_it(key: str, draft: Any, aws: Aws) -> None:
    body = NEW_INVOICE | {"invoice_number": "OWN-1"}
    other = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    update(key, draft["id"], {"invoice_number": "OWN-2"})
    answer = update(key, draft["id"], {"invoice_number": "OWN-1"})
    assert (answer.status, answer.error["code"]) == (409, "DUPLICATE_INVOICE_NUMBER")
    assert answer.error["existing_resource"].endswith(f"/invoices/{other['id']}")
    update(key, draft["id"], {"invoice_number": None})
    numbers = {item["sk"]["S"] for item in aws.items("invoices") if item["sk"]["S"].startswith("number#")}
    assert numbers == {"number#OWN-1"}


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"customer_id": None}, "customer_id", "TYPE_INVALID"),
        ({"customer_id": ""}, "customer_id", "TOO_SHORT"),
        ({"items": None}, "items", "TYPE_INVALID"),
        ({"items": []}, "items", "TOO_FEW"),
        ({"items": [LINE | {"quantity": 0}]}, "items[0].quantity", "QUANTITY_INVALID"),
        ({"prices_include_tax": None}, "prices_include_tax", "TYPE_INVALID"),
        ({"due_date": "2023-01-01", "issue_date": "2024-01-01"}, "due_date", "DATE_INVALID"),
        ({"terms": "Net 1", "payment_terms": "Net 2"}, "", "TERMS_CONFLICT"),
        ({"status": "paid"}, "status", "FIELD_UNKNOWN"),
        ({"send_email": True}, "send_email", "FIELD_UNKNOWN"),
        ([], "", "TYPE_INVALID"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(key: str, draft: Any, body: Any, field: str, code: str) -> None:
    answer = update(key, draft["id"], body)
    assert answer.status == 422, answer.body
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert get(key, draft["id"]) == draft


def test_an_unknown_customer_is_refused(key: str, draft: Any) -> None:
    answer = update(key, draft["id"], {"customer_id": "cust_404"})
    assert (answer.status, answer.error["code"]) == (422, "INVALID_CUSTOMER")


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert update(key, "inv_404", {}).error["code"] == "INVOICE_NOT_FOUND"


def test_a_service_period_is_set_kept_and_removed(key: str, draft: Any) -> None:
    march, year = {"start": "2027-03-01", "end": "2027-03-31"}, {"start": "2027-01-01", "end": "2027-12-31"}
    lines = [
        {"description": "Support", "quantity": 1, "unit_price": 10, "service_period": march},
        {"description": "Setup", "quantity": 1, "unit_price": 5},
    ]
    changed = update(key, draft["id"], {"service_period": year, "items": lines}).data
    assert changed["service_period"] == year
    assert [line["service_period"] for line in changed["items"]] == [march, None]
    assert get(key, draft["id"]) == changed
    assert update(key, draft["id"], {"notes": "x"}).data["service_period"] == year
    assert update(key, draft["id"], {"service_period": None}).data["service_period"] is None
    one_day = {"start": "2027-03-01", "end": "2027-03-01"}
    assert update(key, draft["id"], {"service_period": one_day}).data["service_period"] == one_day
