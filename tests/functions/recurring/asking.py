"""Requests about recurring invoices."""

from datetime import UTC, datetime, timedelta
from typing import Any

from invoicing.domain.due_work import DueEntry, Work
from invoicing.messaging.due_work import message_of
from tests.aws import Aws
from tests.http import Response, call, load_handler, request

LINE = {"description": "Hosting in {{ month }}", "quantity": 1, "unit_price": 49}
NEW = {"customer_id": "cust_123", "items": [LINE], "frequency": "monthly", "start_date": "2100-01-31"}


def create(key: str, *, headers: Any = None, **fields: Any) -> Response:
    return call(
        "recurring/create_recurring_invoice", request("POST", "/recurring", NEW | fields, key=key, headers=headers)
    )


def list_all(key: str, query: str = "") -> Response:
    return call("recurring/list_recurring_invoices", request("GET", f"/recurring?{query}", key=key))


def get(key: str, schedule_id: str) -> Response:
    return _of_schedule("get_recurring_invoice", "GET", "", key, schedule_id)


def update(key: str, schedule_id: str, body: Any, **headers: str) -> Response:
    return _of_schedule("update_recurring_invoice", "PATCH", "", key, schedule_id, body=body, headers=headers)


def act(key: str, schedule_id: str, verb: str, **headers: str) -> Response:
    """Pause, resume or skip."""
    return _of_schedule(f"{verb}_recurring_invoice", "POST", f"/{verb}", key, schedule_id, headers=headers)


def cancel(key: str, schedule_id: str) -> Response:
    return _of_schedule("cancel_recurring_invoice", "DELETE", "", key, schedule_id)


def invoices(key: str, schedule_id: str, query: str = "") -> Response:
    return _of_schedule("list_schedule_invoices", "GET", f"/invoices?{query}", key, schedule_id)


def preview(key: str, schedule_id: str, query: str = "") -> Response:
    return _of_schedule("preview_recurring_invoice", "GET", f"/preview?{query}", key, schedule_id)


def preview_pdf(key: str, schedule_id: str, query: str = "") -> Response:
    return _of_schedule("preview_recurring_invoice_pdf", "GET", f"/preview/pdf?{query}", key, schedule_id)


def make_due(aws: Aws, schedule_id: str) -> None:
    """Do what is due of a schedule, as a tick would have it done."""
    (account,) = {item["pk"]["S"] for item in aws.items("invoices") if item["sk"]["S"] == f"recurring#{schedule_id}"}
    entry = DueEntry(datetime.now(UTC), Work.OCCURRENCE, schedule_id, "RecurringInvoice", account)
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    assert load_handler("reactions/run_due_work")({"Records": [record]}, None) == {"batchItemFailures": []}


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).date().isoformat()


def _of_schedule(name: str, method: str, path: str, key: str, schedule_id: str, **options: Any) -> Response:
    parameters = {"recurring_id": schedule_id}
    event = request(method, f"/recurring/{schedule_id}{path}", key=key, parameters=parameters, **options)
    return call(f"recurring/{name}", event)
