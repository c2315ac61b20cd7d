from typing import Any

import pytest

from tests.aws import Aws
from tests.http import Response, a_key, call, request
from tests.sample_parties import DELIVERY, PARTY, WRONG


def update(key: str, body: Any, **headers: str) -> Response:
    event = request(
        "PATCH", "/customers/cust_123", body, key=key, headers=headers, parameters={"customer_id": "cust_123"}
    )
    return call("customers/update_customer", event)


def test_every_field_can_be_changed_and_null_clears_it(key: str, customer: Any) -> None:
    given = PARTY | DELIVERY | {
        "cc_emails": ["cfo@king.example"],
        "currency": "GBP",
        "locale": "en-GB",
        "locales": ["en-GB", "cy"],
        "payment_terms": "Net 7",
        "notes": "Countess",
        "metadata": {"crm": "1"},
    }  # fmt: skip
    answer = update(key, given)
    assert answer.status == 200
    assert {name: answer.data[name] for name in given} == given
    assert answer.headers["ETag"] == '"v2"'
    cleared = update(key, dict.fromkeys(given) | {"name": "Ada"}).data
    assert {name: cleared[name] for name in given} == dict.fromkeys(given) | {
        "name": "Ada", "cc_emails": [], "tax_ids": [], "metadata": {},
    }  # fmt: skip


def test_what_is_not_given_stays(key: str, customer: Any) -> None:
    changed = update(key, {"notes": "VIP"}).data
    assert changed == customer | {"notes": "VIP", "updated_at": changed["updated_at"]}
    assert update(key, {}).data == changed


@pytest.mark.usefixtures("customer")
def test_objects_merge_and_lists_are_replaced(key: str) -> None:
    update(key, {"address": {"line1": "Old", "line2": "Back", "city": "Ockham", "country": "GB"}})
    update(key, {"metadata": {"crm": "1", "tier": "A"}, "cc_emails": ["a@b.example", "c@d.example"]})
    changed = update(key, {
        "address": {"line1": "New", "line2": None}, "metadata": {"crm": None, "tag": "x"}, "cc_emails": ["e@f.example"],
    }).data  # fmt: skip
    parts = {"line1": "New", "city": "Ockham", "country": "GB"}
    assert changed["address"] == dict.fromkeys(changed["address"]) | parts
    assert changed["metadata"] == {"tier": "A", "tag": "x"}
    assert changed["cc_emails"] == ["e@f.example"]
    same = update(key, {"address": {"city": "Ockham"}, "metadata": {"gone": None}})
    assert same.data == changed


@pytest.mark.usefixtures("customer")
def test_all_objects_of_a_party_merge(key: str) -> None:
    update(key, PARTY | DELIVERY)
    changed = update(key, {
        "legal_registration": {"value": "FN 7b"},
        "electronic_address": {"scheme": "EM", "value": "rechnung@muster.example"},
        "contact": {"name": None, "phone": "+43 1 2"},
        "shipping_address": {"line1": "Tor 2"},
        "tax_ids": [{"type": "other", "value": "7"}],
    }).data  # fmt: skip
    assert changed["legal_registration"] == {"value": "FN 7b", "scheme": "0183"}
    assert changed["electronic_address"] == {"scheme": "EM", "value": "rechnung@muster.example"}
    assert changed["contact"] == {"name": None, "phone": "+43 1 2", "email": "max@muster.example"}
    assert changed["shipping_address"] == DELIVERY["shipping_address"] | {"line1": "Tor 2"}
    assert changed["tax_ids"] == [{"type": "other", "value": "7"}]
    without = update(key, {"legal_registration": {"value": "FN 7b", "scheme": None}}).data
    assert without["legal_registration"] == {"value": "FN 7b", "scheme": None}


@pytest.mark.usefixtures("customer")
@pytest.mark.parametrize(("wrong", "field", "code"), WRONG)
def test_wrong_fields_of_a_party_are_named(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    before = aws.items("customers")
    answer = update(key, wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert aws.items("customers") == before


@pytest.mark.usefixtures("customer")
def test_metadata_that_stays_counts_among_the_most_entries(key: str) -> None:
    half = {f"a{number}": "x" for number in range(25)}
    assert update(key, {"metadata": half}).status == 200
    others = {f"b{number}": "x" for number in range(26)}
    refused = update(key, {"metadata": others})
    assert [(detail["field"], detail["code"]) for detail in refused.error["details"]] == [("metadata", "TOO_MANY")]
    assert update(key, {"metadata": dict.fromkeys(half) | others}).data["metadata"] == others


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"name": None}, "name", "TYPE_INVALID"),
        ({"name": ""}, "name", "TOO_SHORT"),
        ({"id": "cust_2"}, "id", "FIELD_UNKNOWN"),
        ({"email": "nobody"}, "email", "EMAIL_INVALID"),
        ({"address": {"country": "Austria"}}, "address.country", "COUNTRY_INVALID"),
        ({"archived_at": None}, "archived_at", "FIELD_UNKNOWN"),
    ],
)
@pytest.mark.usefixtures("customer")
def test_a_wrong_field_is_named(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    answer = update(key, {"notes": "x"} | wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert len(aws.items("events")) == 1


def test_of_two_editors_with_the_same_etag_one_gets_412(key: str, customer: Any) -> None:
    first, second = (update(key, {"notes": notes}, **{"If-Match": '"v1"'}) for notes in ("first", "second"))
    assert (first.status, second.status) == (200, 412)
    assert second.error["code"] == "ETAG_MISMATCH"


def test_another_accounts_customer_is_not_found(customer: Any) -> None:
    assert update(a_key(), {"notes": "x"}).status == 404
