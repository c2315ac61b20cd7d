from typing import Any

from tests.http import Response, call, request


def undo(key: str, invoice_id: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/write-off", {"invoice_id": invoice_id}
    event = request("DELETE", path, key=key, headers=named, parameters=parameters)
    return call("invoices/undo_write_off", event)


def write_off(key: str, invoice_id: str) -> None:
    parameters = {"invoice_id": invoice_id}
    event = request("POST", f"/invoices/{invoice_id}/write-off", {}, key=key, parameters=parameters)
    assert call("invoices/write_off_invoice", event).status == 200


def test_what_was_written_off_is_due_again(key: str, sent: Any) -> None:
    write_off(key, sent["id"])
    answer = undo(key, sent["id"], if_match='"v3"')
    assert answer.status == 200
    data = answer.data
    assert (data["amount_due"], data["amount_written_off"], data["written_off_at"], data["write_off_reason"]) == (
        1500, 0, None, None,
    )  # fmt: skip
    assert (data["status"], data["is_overdue"]) == ("overdue", True)
    assert answer.headers["ETag"] == '"v4"'
    assert answer.json["links"]["undo_write_off"] is None
    assert answer.json["links"]["write_off"] is not None


def test_there_has_to_be_something_to_undo(key: str, sent: Any) -> None:
    answer = undo(key, sent["id"])
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")
    write_off(key, sent["id"])
    assert undo(key, sent["id"], if_match='"v1"').status == 412
    assert undo(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
