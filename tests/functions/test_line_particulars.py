"""Particulars of lines over HTTP: given, answered, changed, and carried to whatever follows from an invoice."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import LINE, NEW_INVOICE
from tests.functions.credit_notes.requests import credit
from tests.functions.recurring import asking
from tests.http import Response, call, request

PARTICULARS: dict[str, Any] = {
    "details": "Two developers,\non site",
    "note": "Approved by J. Doe",
    "unit_code": "DAY",
    "gtin": "4006381333931",
    "buyer_item_id": "77-A",
    "classifications": [
        {"scheme": "HS", "code": "998314", "version": None},
        {"scheme": "STI", "code": "72000000-5", "version": "2008"},
    ],
    "country_of_origin": "DE",
    "attributes": [{"name": "Level", "value": "Senior"}],
    "order_line": "3",
    "accounting_reference": "4711/IT",
}
NOTHING: dict[str, Any] = dict.fromkeys(PARTICULARS) | {"classifications": [], "attributes": []}
ITEMS = [LINE | PARTICULARS, LINE | {"unit": "Std."}, LINE]

pytestmark = pytest.mark.usefixtures("customer")


def create(key: str, *items: Any) -> Response:
    return call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | {"items": items}, key=key))


def act(key: str, verb: str, invoice_id: str, body: Any = None, method: str = "POST") -> Any:
    path = f"/invoices/{invoice_id}" + ("" if method in {"GET", "PATCH"} else f"/{verb}")
    event = request(method, path, body, key=key, parameters={"invoice_id": invoice_id})
    return call(f"invoices/{verb}_invoice", event).data


def particulars_of(document: Any) -> list[dict[str, Any]]:
    return [{name: item[name] for name in PARTICULARS} for item in document["items"]]


EXPECTED = [PARTICULARS, NOTHING | {"unit_code": "HUR"}, NOTHING]


def test_they_are_answered_as_they_were_given(key: str) -> None:
    created = create(key, *ITEMS).data
    assert particulars_of(created) == EXPECTED
    assert particulars_of(act(key, "get", created["id"], method="GET")) == EXPECTED
    calculated = call("invoices/calculate_invoice", request("POST", "/invoices/calculate", {"items": ITEMS}, key=key))
    assert particulars_of(calculated.data) == EXPECTED


def test_a_plain_line_has_none(key: str) -> None:
    nothing = dict.fromkeys(PARTICULARS)
    for line in (LINE, LINE | nothing, LINE | NOTHING):
        assert particulars_of(create(key, line).data) == [NOTHING]


def test_duplicate_and_revision_have_them(key: str) -> None:
    created = create(key, *ITEMS).data
    assert particulars_of(act(key, "duplicate", created["id"], {})) == EXPECTED
    act(key, "send", created["id"], {})
    revised = act(key, "revise", created["id"], {"reason": "Wrong rate"})
    assert particulars_of(act(key, "get", revised["id"], method="GET")) == EXPECTED


def test_a_draft_gets_other_ones(key: str) -> None:
    created = create(key, *ITEMS).data
    same = act(key, "update", created["id"], {"items": ITEMS}, "PATCH")
    assert (same["items"], same["updated_at"]) == (created["items"], created["updated_at"])
    changed = act(key, "update", created["id"], {"items": [LINE | {"note": "New"}]}, "PATCH")
    assert particulars_of(changed) == [NOTHING | {"note": "New"}]
    assert changed["updated_at"] > created["updated_at"]


def test_a_credit_note_has_those_of_the_lines_it_credits(key: str) -> None:
    created = create(key, *ITEMS).data
    act(key, "send", created["id"], {})
    lines = [{"line_id": item["id"], "quantity": 1} for item in created["items"]]
    note = credit(key, created["id"], {"reason": "Returned", "items": lines}).data
    assert particulars_of(note) == EXPECTED
    event = request("GET", f"/credit-notes/{note['id']}", key=key, parameters={"credit_note_id": note["id"]})
    assert particulars_of(call("credit_notes/get_credit_note", event).data) == EXPECTED


def test_a_schedule_gives_them_to_its_invoices(key: str, aws: Aws, queue: None) -> None:
    yesterday = asking.days_ago(1)
    once = {"frequency": "daily", "start_date": yesterday, "end_date": yesterday, "catch_up": "all"}
    schedule = asking.create(key, items=ITEMS, on_generate="draft", **once).data
    as_given = [PARTICULARS, NOTHING, NOTHING]
    for answer in (schedule, asking.get(key, schedule["id"]).data):
        assert particulars_of(answer) == as_given, "the code of a word is not one that was given"
    asking.make_due(aws, schedule["id"])
    (made,) = asking.invoices(key, schedule["id"]).data
    assert particulars_of(act(key, "get", made["id"], method="GET")) == EXPECTED


@pytest.mark.parametrize("unit_code", ["hur", "HRS", "", "hours", "QQQ", "BX"])
def test_a_unit_code_is_of_the_list(key: str, unit_code: str) -> None:
    answer = create(key, LINE | {"unit_code": unit_code})
    (detail,) = answer.error["details"]
    assert (answer.status, detail["field"], detail["code"]) == (422, "items[0].unit_code", "UNIT_CODE_INVALID")
    assert "such as HUR" in detail["message"]


@pytest.mark.parametrize("unit_code", ["C62", "XBX", "10", "4L", "ZZ"])
def test_every_code_of_the_list_is_taken(key: str, unit_code: str) -> None:
    assert create(key, LINE | {"unit_code": unit_code, "unit": "hours"}).data["items"][0]["unit_code"] == unit_code


@pytest.mark.parametrize("gtin", ["96385074", "036000291452", "4006381333931", "10012345678902"])
def test_a_gtin_has_four_lengths(key: str, gtin: str) -> None:
    assert create(key, LINE | {"gtin": gtin}).data["items"][0]["gtin"] == gtin


@pytest.mark.parametrize(
    "gtin", ["4006381333932", "400638133393", "4 006381 333931", "4006381-333931", "٤00638133", ""]
)
def test_a_gtin_has_its_check_digit_and_nothing_else(key: str, gtin: str) -> None:
    answer = create(key, LINE | {"gtin": gtin})
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [("items[0].gtin", "GTIN_INVALID")]
