"""What is measured of exports (`benchmarks.cost`); `benchmarks.exports` measures many rows."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.costs.patterns import CLOCK, PART_OF_LIST, READ, WRITE
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.exports.export import ExportRun, run_ids
from invoicing.messaging.due_work import message_of
from invoicing.operations.exports import create_export

if TYPE_CHECKING:
    from benchmarks.cost import Client

WRITTEN = [*CLOCK, "GetItem", "TransactWriteItems"]
FIRST = [*CLOCK, "GetItem", "GetItem", *WRITTEN]
"""What is under way, the export, and that somebody is at work at it."""

ENDED = ["PutObject", *WRITTEN]
REQUESTS = {
    "create_export": WRITE,
    "get_export": READ,
    "list_exports": PART_OF_LIST,
    "stop_export": WRITE,
    "run_due_work, an export of an invoice": [*FIRST, *CLOCK, "Query", "BatchGetItem", *ENDED],
    "run_due_work, an export of a payment": [*FIRST, *CLOCK, "Query", "BatchGetItem", *ENDED],
}

INVOICE = {
    "customer_id": "cust_810",
    "issue_date": "2026-01-05",
    "items": [{"description": "Consulting", "quantity": 10, "unit_price": 120, "tax_rate": 0.2}],
}
PERIOD = {"start_date": "2026-01-01", "end_date": "2026-01-31"}


def measure(client: "Client") -> None:
    """Measure exports of an invoice and its payment, and one that is stopped."""
    client.ask("create_customer", {"id": "cust_810", "name": "Ada"})
    invoice_id = client.ask("create_invoice", INVOICE).data["id"]
    client.ask("send_invoice", {"send_email": False}, invoice_id=invoice_id)
    paid = {"amount": 1440, "payment_method": "cash", "payment_date": "2026-01-20"}
    client.ask("record_invoice_payment", paid, invoice_id=invoice_id)
    with patch.object(create_export, "SETTLED_AFTER", timedelta()):
        _export(client, "run_due_work, an export of an invoice", {"type": "invoices", "format": "csv"}, measured=True)
        _export(client, "run_due_work, an export of a payment", {"type": "payments", "format": "jsonl"})
    client.call("list_exports")
    stopped = client.ask("create_export", {"type": "invoices", "format": "csv", **PERIOD}).data["id"]
    client.call("get_export", export_id=stopped)
    client.call("stop_export", status=204, export_id=stopped)


def _export(client: "Client", name: str, body: dict[str, Any], *, measured: bool = False) -> None:
    body = body | PERIOD
    made = client.call("create_export", body, status=202) if measured else client.ask("create_export", body)
    account = client.events("customer.created")[-1]["pk"]["S"]
    entry = DueEntry(datetime.now(UTC), Work.JOB, run_ids()[0], ExportRun.__name__, account)
    record: dict[str, Any] = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    answer = client.react(name, "reactions/run_due_work", {"Records": [record]})
    ended = client.ask("get_export", export_id=made.data["id"]).data
    if answer["batchItemFailures"] or not ended["rows"] or ended["status"] != "completed":
        raise SystemExit(f"{name}: {ended}")
