from typing import Any

from tests.aws import Aws
from tests.http import Response, call, request


def write_off(key: str, invoice_id: str, body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/write-off", {"invoice_id": invoice_id}
    event = request("POST", path, body, key=key, headers=named, parameters=parameters)
    return call("invoices/write_off_invoice", event)


def test_the_invoice_is_settled_and_says_how(key: str, sent: Any, aws: Aws) -> None:
    answer = write_off(key, sent["id"], {"reason": "Insolvent"})
    assert answer.status == 200
    data = answer.data
    assert (data["status"], data["amount_due"], data["amount_paid"], data["amount_written_off"]) == (
        "paid", 0, 0, 1500,
    )  # fmt: skip
    assert (data["write_off_reason"], data["paid_date"], data["is_overdue"]) == ("Insolvent", None, False)
    assert data["written_off_at"] >= sent["sent_at"]
    assert answer.headers["ETag"] == '"v3"'
    kinds = [item["type"]["S"] for item in aws.items("events")]
    assert "invoice.written_off" in kinds
    assert "invoice.paid" not in kinds


def test_a_part_can_be_written_off(key: str, sent: Any) -> None:
    answer = write_off(key, sent["id"], {"amount": 0.5, "reason": "Bank fee"})
    assert (answer.status, answer.data["amount_due"], answer.data["amount_written_off"]) == (200, 1499.5, 0.5)
    assert answer.json["links"]["write_off"] == answer.json["links"]["undo_write_off"]
    refused = write_off(key, sent["id"], {"amount": 1499.51})
    assert (refused.status, refused.error["code"]) == (422, "AMOUNT_EXCEEDS_DUE")
    assert write_off(key, sent["id"], {"amount": 0}).error["details"][0]["code"] == "AMOUNT_INVALID"


def test_links_say_what_is_possible_before_and_after(key: str, sent: Any) -> None:
    links = write_off(key, sent["id"]).json["links"]
    assert links["write_off"] is None
    assert links["apply_credit"] is None
    assert links["void"] is None
    assert links["undo_write_off"].endswith(f"/invoices/{sent['id']}/write-off")


def test_the_same_key_books_once(key: str, sent: Any, aws: Aws) -> None:
    first = write_off(key, sent["id"], {}, idempotency_key="k")
    again = write_off(key, sent["id"], {}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert len(aws.items("ledger")) == 2


def test_a_draft_cannot_be_written_off_nor_anything_twice(key: str, draft: Any) -> None:
    answer = write_off(key, draft["id"])
    assert (answer.status, answer.error["code"], answer.error["status"]) == (409, "INVALID_INVOICE_STATE", "draft")


def test_what_is_written_off_cannot_be_written_off_again(key: str, sent: Any) -> None:
    write_off(key, sent["id"])
    answer = write_off(key, sent["id"])
    assert (answer.status, answer.error["status"]) == (409, "paid")
    assert "undo_write_off" in answer.error["possible_actions"]


def test_another_version_or_an_unknown_field_is_refused(key: str, sent: Any) -> None:
    assert write_off(key, sent["id"], if_match='"v1"').status == 412
    assert write_off(key, sent["id"], {"total": 1}).error["details"][0]["code"] == "FIELD_UNKNOWN"
    assert write_off(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
