from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request


def ask(key: str, function: str, path: str, body: Any = None, *, method: str = "POST", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    _, *words = path.split("/")
    kinds = {"invoices": "invoice_id", "credit-notes": "credit_note_id"}
    parameters = {kinds[kind]: name for kind, name in zip(words[::2], words[1::2], strict=False) if kind in kinds}
    return call(function, request(method, path, body, key=key, headers=named, parameters=parameters))


def revise(key: str, invoice_id: str, body: Any = None, **headers: str) -> Response:
    return ask(key, "invoices/revise_invoice", f"/invoices/{invoice_id}/revise", body, **headers)


def get(key: str, invoice_id: str) -> Response:
    return ask(key, "invoices/get_invoice", f"/invoices/{invoice_id}", method="GET")


def test_the_draft_and_the_invoice_name_each_other_and_the_note(key: str, sent: Any) -> None:
    answer = revise(key, sent["id"], {"reason": "Wrong address"})
    assert answer.status == 201
    draft, links = answer.data, answer.json["links"]
    assert (draft["status"], draft["revises"], draft["revised_by"], draft["total"]) == (
        "draft", sent["id"], None, sent["total"],
    )  # fmt: skip
    assert answer.headers["Location"] == links["self"]
    assert links["self"].endswith(f"/invoices/{draft['id']}")
    assert links["revises"].endswith(f"/invoices/{sent['id']}")
    assert get(key, draft["id"]).data == draft
    old = get(key, sent["id"])
    assert (old.data["status"], old.data["revised_by"], old.data["amount_due"], old.data["void_reason"]) == (
        "cancelled", draft["id"], 0, "Wrong address",
    )  # fmt: skip
    assert old.json["links"]["revised_by"] == links["self"]
    assert (old.json["links"]["revise"], old.json["links"]["void"]) == (None, None)
    (listed,) = old.data["credit_notes"]
    assert links["credit_note"].endswith(f"/credit-notes/{listed['id']}")
    note = ask(key, "credit_notes/get_credit_note", f"/credit-notes/{listed['id']}", method="GET").data
    assert (note["invoice_id"], note["invoice_number"], note["total"], note["reason"]) == (
        sent["id"], sent["invoice_number"], sent["total"], None,
    )  # fmt: skip


def test_what_was_paid_is_the_customers_credit(key: str, sent: Any) -> None:
    ask(key, "payments/record_invoice_payment", f"/invoices/{sent['id']}/payments", {"amount": 1500})
    assert get(key, sent["id"]).json["links"]["revise"].endswith(f"/invoices/{sent['id']}/revise")
    assert revise(key, sent["id"]).status == 201
    other = call(
        "invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | {"send_email": True}, key=key)
    ).data
    applied = ask(key, "payments/apply_credit", f"/invoices/{other['id']}/apply-credit")
    assert (applied.status, applied.data["amount"]) == (201, 1500)


def test_the_deleted_draft_is_named_no_more(key: str, sent: Any) -> None:
    draft = revise(key, sent["id"]).data
    assert ask(key, "invoices/delete_invoice", f"/invoices/{draft['id']}", method="DELETE").status == 204
    old = get(key, sent["id"])
    assert (old.data["revised_by"], old.data["status"]) == (None, "cancelled")
    assert old.json["links"]["revised_by"] is None


def test_the_same_key_again_revises_once(key: str, sent: Any, aws: Aws) -> None:
    first = revise(key, sent["id"], idempotency_key="k")
    again = revise(key, sent["id"], idempotency_key="k")
    assert (again.status, again.body, again.headers["Idempotent-Replayed"]) == (201, first.body, "true")
    assert len(aws.items("credit_notes")) == 1
    answer = revise(key, sent["id"])
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")


def test_a_draft_is_changed_instead(key: str, draft: Any) -> None:
    answer = revise(key, draft["id"])
    assert (answer.status, answer.error["possible_actions"]) == (409, ["delete", "duplicate", "send", "update", "void"])


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"reason": " "}, "reason", "TOO_SHORT"),
        ({"credit_note": False}, "credit_note", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named(key: str, sent: Any, body: Any, field: str, code: str) -> None:
    answer = revise(key, sent["id"], body)
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_another_version_or_an_unknown_invoice_is_refused(key: str, sent: Any) -> None:
    assert revise(key, sent["id"], if_match='"v1"').status == 412
    assert revise(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
    assert revise(key, sent["id"], if_match='"v2"').status == 201
