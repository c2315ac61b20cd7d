"""What is measured of reminders (`benchmarks.cost`), after all that would cost more in an account that has some."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.costs.patterns import READ, READ_TOGETHER
from benchmarks.requests import invoice_body
from invoicing.domain.due_work import DueEntry, Work
from invoicing.messaging.due_work import message_of

if TYPE_CHECKING:
    from benchmarks.cost import Client

ISSUED, LOOK = "create_invoice, sent, with reminders", "run_due_work, an invoice to remind of"
EMAIL = "run_due_work, a reminder to e-mail"
REQUESTS = {
    "get_reminders": READ,
    "replace_reminders": [*READ, "GetItem", "TransactWriteItems"],
    "replace_reminders, another wording": [*READ, "TransactWriteItems"],
    "get_invoice_reminders": [*READ_TOGETHER, "BatchGetItem"],
    "replace_invoice_reminders": [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"],
    "preview_reminder": [*READ_TOGETHER, "BatchGetItem"],
    "remind_customer": [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"],
    ISSUED: [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"],
    LOOK: ["GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems", "SendMessageBatch"],
    EMAIL: ["GetItem", "BatchGetItem", "GetItem", "BatchGetItem", "TransactWriteItems"],
}


def measure(client: "Client") -> None:
    """Reminders that are set, looked for and e-mailed; at the end they are switched off."""
    due = (datetime.now(UTC) + timedelta(days=2)).date()
    before = client.ask("create_invoice", invoice_body(2) | {"due_date": due.isoformat(), "send_email": True}).data
    client.call("get_reminders")
    on = {"enabled": True, "schedule": [{"offset_days": 0}]}
    client.call("replace_reminders", on)
    client.call("replace_reminders, another wording", on | {"mode": "per_customer"})
    client.ask("replace_reminders", on)
    client.call("get_invoice_reminders", invoice_id=before["id"])
    client.call("replace_invoice_reminders", {"enabled": False}, invoice_id=before["id"])
    client.call("preview_reminder", {"invoice_id": before["id"]})
    client.call("remind_customer", {}, invoice_id=before["id"])
    new = invoice_body(2) | {"due_date": due.isoformat(), "send_email": True}
    invoice = client.call(ISSUED, new, status=201).data
    # At ten in the morning of Tokyo, where the account was moved.
    comes = datetime.combine(due, datetime.min.time(), UTC) + timedelta(hours=1)
    sent = (event for event in client.events("invoice.sent") if event["resource_id"]["S"] == invoice["id"])
    account = next(sent)["pk"]["S"]
    with patch("invoicing.wiring.Wiring.now", lambda _: comes):
        run(client, LOOK, DueEntry(comes, Work.REMINDER, invoice["id"], "InvoiceReminders", account))
        email = DueEntry(comes, Work.REMINDER_EMAIL, invoice["customer"]["id"], "CustomerReminder", account)
        run(client, EMAIL, email)
    client.ask("replace_reminders", {})


def run(client: "Client", name: str, entry: DueEntry) -> None:
    """Measure the due work of an entity."""
    record: dict[str, Any] = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    answer = client.react(name, "reactions/run_due_work", {"Records": [record]})
    if answer["batchItemFailures"]:
        raise SystemExit(f"{name}: {answer}")
