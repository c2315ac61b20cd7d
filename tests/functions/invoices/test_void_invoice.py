from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request


def void(key: str, invoice_id: str, body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    parameters = {"invoice_id": invoice_id}
    event = request("POST", f"/invoices/{invoice_id}/void", body, key=key, headers=named, parameters=parameters)
    return call("invoices/void_invoice", event)


def get(key: str, invoice_id: str) -> Response:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event)


def test_a_sent_invoice_is_cancelled_and_keeps_its_number(key: str, sent: Any) -> None:
    answer = void(key, sent["id"], {"reason": "Billed twice"})
    assert answer.status == 200
    assert (answer.data["id"], answer.data["status"], answer.data["void_reason"]) == (
        sent["id"], "cancelled", "Billed twice",
    )  # fmt: skip
    assert answer.data["voided_at"] > sent["sent_at"]
    assert answer.headers["ETag"] == '"v3"'
    invoice = get(key, sent["id"]).data
    assert (invoice["invoice_number"], invoice["amount_due"], invoice["total"]) == ("INV-2024-001", 0, 1500)
    assert invoice["voided_at"] == answer.data["voided_at"]
    body = NEW_INVOICE | {"invoice_number": "INV-2024-001"}
    assert call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).status == 409


def test_only_a_duplicate_can_follow(key: str, sent: Any) -> None:
    links = void(key, sent["id"]).json["links"]
    possible = {name for name in ("update", "delete", "send", "void", "duplicate") if links[name]}
    assert possible == {"duplicate"}


def test_a_credit_note_cancels_it_where_the_client_says_so(key: str, sent: Any, aws: Aws) -> None:
    answer = void(key, sent["id"], {"credit_note": True, "reason": "Billed twice"})
    note_id = answer.data["credit_note_id"]
    assert (answer.status, answer.data["status"]) == (200, "cancelled")
    assert answer.json["links"]["credit_note"].endswith(f"/credit-notes/{note_id}")
    invoice = get(key, sent["id"]).data
    (note,) = invoice["credit_notes"]
    assert (note["id"], note["total"], note["credit_note_number"]) == (note_id, 1500, "CN-2026-001")
    assert (invoice["amount_due"], invoice["amount_credited"], invoice["credited_to_customer"]) == (0, 1500, 0)
    assert len(aws.items("credit_notes")) == 1


@pytest.mark.parametrize(("country", "has_note"), [("FR", True), ("US", False)])
def test_the_accounts_country_decides_about_a_credit_note(key: str, sent: Any, country: str, has_note: bool) -> None:
    body = {"address": {"country": country}}
    assert call("account/update_account", request("PATCH", "/account", body, key=key)).status == 200
    answer = void(key, sent["id"])
    assert (answer.data["credit_note_id"] is not None) is has_note
    assert (answer.json["links"]["credit_note"] is not None) is has_note


def test_a_draft_has_nothing_to_credit(key: str, draft: Any) -> None:
    answer = void(key, draft["id"], {"credit_note": True})
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")
    assert void(key, draft["id"]).data["credit_note_id"] is None


def test_voiding_again_is_refused_but_its_key_replays(key: str, sent: Any, aws: Aws) -> None:
    first = void(key, sent["id"], idempotency_key="k")
    assert void(key, sent["id"], idempotency_key="k").body == first.body
    answer = void(key, sent["id"])
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")
    assert [item["type"]["S"] for item in aws.items("events")].count("invoice.cancelled") == 1


def test_another_version_than_the_current_one_is_refused(key: str, sent: Any) -> None:
    assert void(key, sent["id"], if_match='"v1"').status == 412
    assert void(key, sent["id"], if_match='"v2"').status == 200


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"reason": " "}, "reason", "TOO_SHORT"),
        ({"reason": "x" * 2001}, "reason", "TOO_LONG"),
        ({"why": "x"}, "why", "FIELD_UNKNOWN"),
        ({"credit_note": "yes"}, "credit_note", "TYPE_INVALID"),
    ],
)
def test_a_wrong_field_is_named(key: str, draft: Any, body: Any, field: str, code: str) -> None:
    answer = void(key, draft["id"], body)
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert void(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
