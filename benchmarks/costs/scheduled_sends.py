"""What is measured of scheduled sends (`benchmarks.cost`)."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.costs.patterns import READ, WRITE, WRITE_ONE
from benchmarks.requests import invoice_body
from invoicing.domain.due_work import DueEntry, Work
from invoicing.messaging.due_work import message_of

if TYPE_CHECKING:
    from benchmarks.cost import Client

REQUESTS = {
    "send_invoice, later": WRITE,
    "cancel_scheduled_send": WRITE_ONE,
    "cancel_scheduled_send, none": READ,
    "run_due_work, a draft to send": ["GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"],
    "run_due_work, an invoice to send again": ["GetItem", "BatchGetItem", "GetItem", "TransactWriteItems"],
    "run_due_work, nothing left to do": ["GetItem", "BatchGetItem"],
}


def measure(client: "Client") -> None:
    """Sends that are scheduled, cancelled, and due."""
    draft, cancelled = (client.ask("create_invoice", invoice_body(2)).data["id"] for _ in range(2))
    issued = client.ask("create_invoice", invoice_body(2) | {"send_email": True}).data["id"]
    at = datetime.now(UTC) + timedelta(minutes=1)
    later = {"send_at": at.isoformat()}
    client.call("send_invoice, later", later, invoice_id=cancelled)
    client.call("cancel_scheduled_send", invoice_id=cancelled, status=204)
    client.call("cancel_scheduled_send, none", invoice_id=cancelled, status=404)
    for invoice in (draft, issued):
        client.ask("send_invoice", later, invoice_id=invoice)
    account = client.events("invoice.updated")[-1]["pk"]["S"]
    with patch("invoicing.wiring.Wiring.now", lambda _: at):
        _run(client, "run_due_work, a draft to send", account, draft)
        _run(client, "run_due_work, an invoice to send again", account, issued)
        _run(client, "run_due_work, nothing left to do", account, draft)


def _run(client: "Client", name: str, account: str, invoice_id: str) -> None:
    entry = DueEntry(datetime.now(UTC), Work.SCHEDULED_SEND, invoice_id, "Invoice", account)
    record: dict[str, Any] = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    answer = client.react(name, "reactions/run_due_work", {"Records": [record]})
    if answer["batchItemFailures"]:
        raise SystemExit(f"{name}: {answer}")
