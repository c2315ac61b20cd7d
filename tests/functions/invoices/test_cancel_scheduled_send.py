from datetime import UTC, datetime, timedelta
from typing import Any

from tests.aws import Aws
from tests.http import Response, call, request


def cancel(key: str, invoice_id: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/scheduled-send", {"invoice_id": invoice_id}
    event = request("DELETE", path, key=key, headers=named, parameters=parameters)
    return call("invoices/cancel_scheduled_send", event)


def schedule(key: str, invoice_id: str) -> Response:
    path, parameters = f"/invoices/{invoice_id}/send", {"invoice_id": invoice_id}
    body = {"send_at": (datetime.now(UTC) + timedelta(days=1)).isoformat()}
    return call("invoices/send_invoice", request("POST", path, body, key=key, parameters=parameters))


def test_a_scheduled_send_is_cancelled_once(key: str, draft: Any, aws: Aws) -> None:
    scheduled = schedule(key, draft["id"])
    link = scheduled.json["links"]["cancel_scheduled_send"]
    assert link.endswith(f"/invoices/{draft['id']}/scheduled-send")
    assert len([item for item in aws.items("invoices") if "due_at" in item]) == 1
    answer = cancel(key, draft["id"], if_match=scheduled.headers["ETag"])
    assert (answer.status, answer.body) == (204, b"")
    assert [item for item in aws.items("invoices") if "due_at" in item] == []
    path, parameters = f"/invoices/{draft['id']}", {"invoice_id": draft["id"]}
    invoice = call("invoices/get_invoice", request("GET", path, key=key, parameters=parameters))
    assert (invoice.data["status"], invoice.data["scheduled_send_at"]) == ("draft", None)
    assert invoice.json["links"]["cancel_scheduled_send"] is None
    again = cancel(key, draft["id"])
    assert (again.status, again.error["code"]) == (404, "SCHEDULED_SEND_NOT_FOUND")


def test_another_version_or_invoice_cancels_nothing(key: str, draft: Any, aws: Aws) -> None:
    schedule(key, draft["id"])
    assert cancel(key, draft["id"], if_match='"v1"').status == 412
    assert cancel(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
    assert len([item for item in aws.items("invoices") if "due_at" in item]) == 1
