"""Particulars of invoices over HTTP: given, changed, frozen, and carried to other documents."""

from copy import deepcopy
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.credit_notes.requests import credit
from tests.functions.invoices.test_duplicate_invoice import duplicate
from tests.functions.invoices.test_list_invoices import get as list_invoices
from tests.functions.invoices.test_revise_invoice import revise
from tests.functions.invoices.test_update_invoice import get, update
from tests.functions.recurring.asking import create as create_schedule
from tests.functions.recurring.asking import days_ago, make_due
from tests.functions.recurring.asking import get as get_schedule
from tests.functions.recurring.asking import invoices as schedule_invoices
from tests.functions.recurring.asking import update as update_schedule
from tests.functions.recurring.test_recur_invoice import recur
from tests.http import Response, call, request
from tests.sample_particulars import GIVEN

LISTS = {"preceding_invoices", "coded_notes", "custom_fields"}
OF_ONE_SUPPLY = {
    "delivery_date", "tax_point_date", "despatch_reference", "receiving_reference", "estimate_id",
    "preceding_invoices",
}  # fmt: skip
REPEATED = {
    "buyer_reference", "contract_reference", "project_reference", "sales_order", "accounting_reference",
    "tender_reference", "reference", "tax_representative",
}  # fmt: skip


def create(key: str, body: dict[str, Any]) -> Response:
    return call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | body, key=key))


def send(key: str, invoice_id: str) -> Response:
    path = f"/invoices/{invoice_id}/send"
    return call("invoices/send_invoice", request("POST", path, {}, key=key, parameters={"invoice_id": invoice_id}))


def shown() -> dict[str, Any]:
    """`GIVEN` as responses show it: in its usual form, and with members that are null."""
    data = deepcopy(GIVEN)
    data["ship_to"]["address"] |= {"line2": None, "line3": None, "state": None}
    data["tax_representative"]["address"] |= {"line2": None, "line3": None, "state": None}
    data["document_title"] = "Tax invoice"
    data["payment_means"] |= {"creditor_id": "DE98ZZZ09999999999", "debited_iban": "DE89370400440532013000"}
    data["payment_means"]["reference"]["value"] = "RF18539007547034"
    data["preceding_invoices"][1]["issue_date"] = None
    return data


def part(data: Any, names: Any = GIVEN) -> dict[str, Any]:
    return {name: data[name] for name in names}


def without(*names: str) -> dict[str, Any]:
    return shown() | {name: [] if name in LISTS else None for name in names}


@pytest.fixture
def stated(key: str, customer: Any) -> Any:
    """A draft that states everything."""
    assert customer
    answer = create(key, GIVEN | {"purchase_order": "PO-1", "currency": "EUR"})
    assert answer.status == 201, answer.body
    assert "warnings" not in answer.json["meta"] or "PAYMENT" not in str(answer.json["meta"]["warnings"])
    return answer.data


def test_everything_that_is_given_is_shown(key: str, stated: Any) -> None:
    assert part(stated) == shown()
    assert get(key, stated["id"]) == stated


def test_a_plain_invoice_states_nothing(draft: Any) -> None:
    assert part(draft) == without(*GIVEN)


def test_every_particular_can_be_changed_and_removed(key: str, draft: Any, aws: Aws) -> None:
    answer = update(key, draft["id"], GIVEN | {"currency": "EUR"})
    assert part(answer.data) == shown()
    (event,) = (item for item in aws.items("events") if item["type"]["S"] == "invoice.updated")
    assert all(f'"{name}"' in event["data"]["S"] for name in GIVEN)
    assert update(key, draft["id"], GIVEN).headers["ETag"] == answer.headers["ETag"]
    assert part(update(key, draft["id"], dict.fromkeys(GIVEN)).data) == without(*GIVEN)


def test_objects_merge_and_lists_are_replaced(key: str, stated: Any) -> None:
    changes = {
        "ship_to": {"name": None, "address": {"line1": "Dock 5", "city": None}},
        "payment_means": {"creditor_id": None, "reference": {"value": "RF712348231"}},
        "payee": {"legal_registration": {"scheme": None}},
        "tax_representative": {"address": {"line2": "2e étage"}, "tax_id": {"value": "FR83404833048"}},
        "custom_fields": [{"name": "Site", "value": "North"}],
    }
    data = update(key, stated["id"], changes).data
    expected = shown()
    expected["ship_to"] |= {"name": None}
    expected["ship_to"]["address"] |= {"line1": "Dock 5", "city": None}
    expected["payment_means"] |= {"creditor_id": None, "reference": {"type": "rf", "value": "RF712348231"}}
    expected["payee"]["legal_registration"]["scheme"] = None
    expected["tax_representative"]["address"]["line2"] = "2e étage"
    expected["tax_representative"]["tax_id"]["value"] = "FR83404833048"
    expected["custom_fields"] = changes["custom_fields"]
    assert part(data) == expected


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"payee": {"id": "X"}}, "payee.name", "FIELD_REQUIRED"),
        ({"payee": {"name": "P", "legal_registration": {"scheme": "0002"}}}, "payee.legal_registration.value", None),
        ({"payment_means": {"mandate_reference": "M"}}, "payment_means.code", "FIELD_REQUIRED"),
        ({"payment_means": {"code": "30", "reference": {"type": "rf"}}}, "payment_means.reference.value", None),
        ({"tax_representative": {"name": "R", "address": {}}}, "tax_representative.tax_id", "FIELD_REQUIRED"),
    ],
)
def test_what_results_from_changes_is_checked_as_a_whole(
    key: str, draft: Any, changes: dict[str, Any], field: str, code: str | None
) -> None:
    answer = update(key, draft["id"], changes)
    assert answer.status == 422
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [(field, code or "FIELD_REQUIRED")]
    assert get(key, draft["id"]) == draft


def test_once_issued_only_metadata_changes(key: str, stated: Any) -> None:
    assert send(key, stated["id"]).status == 200
    issued = get(key, stated["id"])
    assert part(issued) == shown()
    for name, value in (GIVEN | {"reference": "Job 13"}).items():
        for body in ({name: value}, {name: None}, {name: value, "metadata": {"a": "b"}}):
            answer = update(key, stated["id"], body)
            assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE"), name
    assert get(key, stated["id"]) == issued
    changed = update(key, stated["id"], {"metadata": {"a": "b", "c": "d"}})
    assert changed.status == 200, changed.body
    merged = update(key, stated["id"], {"metadata": {"a": None}})
    assert merged.data == issued | {"metadata": {"c": "d"}, "updated_at": merged.data["updated_at"]}
    assert get(key, stated["id"]) == merged.data
    assert update(key, stated["id"], {"metadata": {"c": "d"}}).headers["ETag"] == merged.headers["ETag"]
    assert update(key, stated["id"], {"metadata": {"x": "y"}}, if_match='"v1"').error["code"] == "ETAG_MISMATCH"


def test_another_supply_has_other_dates_and_the_same_supply_the_same(key: str, stated: Any) -> None:
    send(key, stated["id"])
    again = without(*OF_ONE_SUPPLY)
    again["payment_means"]["reference"] = None
    assert part(duplicate(key, stated["id"]).data) == again
    schedule = recur(key, stated["id"], on_generate="draft")
    standing = GIVEN.keys() - OF_ONE_SUPPLY
    assert part(schedule.data, standing) == part(again, standing)
    assert not OF_ONE_SUPPLY & schedule.data.keys()
    assert get_schedule(key, schedule.data["id"]).data == schedule.data
    revised = revise(key, stated["id"])
    assert part(revised.data) == shown()


def test_a_credit_note_repeats_references(key: str, stated: Any) -> None:
    send(key, stated["id"])
    note = credit(key, stated["id"], {"reason": "Returned"}).data
    assert part(note, REPEATED) == part(shown(), REPEATED)
    assert note["purchase_order"] == "PO-1"
    assert not (GIVEN.keys() - REPEATED) & note.keys()


def test_lists_filter_by_references(key: str, stated: Any, draft: Any) -> None:
    other = create(key, {"reference": "Job 12", "estimate_id": "est_2"}).data
    for query, expected in {
        "reference=Job%2012": [other["id"], stated["id"]],
        "reference=Job%2012&estimate_id=est_1": [stated["id"]],
        "filter[estimate_id][in]=est_1,est_2": [other["id"], stated["id"]],
        "reference=job": [],
    }.items():
        answer = list_invoices(key, query)
        assert {each["id"] for each in answer.data} == {*expected}, query
        assert answer.json["meta"]["pagination"]["total"] == len(expected)


def test_what_is_doubtful_is_said(key: str, customer: Any) -> None:
    answer = create(key, {"payment_means": {"code": "58"}})
    assert answer.status == 201
    warned = [each["field"] for each in answer.json["meta"]["warnings"] if each["code"] == "PAYMENT_MEANS_DOUBTFUL"]
    assert warned == ["payment_means.code", "payment_means.code"], "USD, and no bank account"
    answer = create(
        key, {"ship_to": {"address": {"city": "\U000f0000"}}, "custom_fields": [{"name": "\U000f0001", "value": "x"}]}
    )
    missing = [each["field"] for each in answer.json["meta"]["warnings"] if each["code"] == "CHARACTERS_MISSING"]
    assert missing == ["ship_to.address.city", "custom_fields[0].name"]


def test_the_invoices_of_a_schedule_state_the_same_every_time(key: str, customer: Any, aws: Aws) -> None:
    standing = {name: value for name, value in GIVEN.items() if name not in OF_ONE_SUPPLY}
    made = create_schedule(key, **standing, currency="EUR", start_date=days_ago(1), catch_up="all", on_generate="draft")
    assert made.status == 201, made.body
    changes: dict[str, Any] = {"ship_to": None, "payee": {"id": None}, "custom_fields": []}
    changed = update_schedule(key, made.data["id"], changes)
    expected = part(shown(), standing) | {"ship_to": None, "custom_fields": []}
    expected["payee"]["id"] = None
    names = standing.keys() - {"payment_means"}
    assert part(changed.data, names) == part(expected, names)
    (event,) = (item for item in aws.items("events") if item["type"]["S"] == "recurring_invoice.updated")
    assert '"changed":["custom_fields","payee","ship_to"]' in event["data"]["S"]
    make_due(aws, made.data["id"])
    (invoice,) = schedule_invoices(key, made.data["id"]).data
    assert part(get(key, invoice["id"])) == expected | {name: without(name)[name] for name in OF_ONE_SUPPLY}


@pytest.mark.parametrize("name", sorted(OF_ONE_SUPPLY))
def test_a_schedule_has_nothing_of_one_supply(key: str, customer: Any, name: str) -> None:
    answer = create_schedule(key, **{name: GIVEN[name]})
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [(name, "FIELD_UNKNOWN")]


def test_what_no_invoice_can_state_no_schedule_can(key: str, customer: Any) -> None:
    answer = create_schedule(key, payment_means={"code": "59"})
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [
        ("payment_means.mandate_reference", "FIELD_REQUIRED")
    ]
