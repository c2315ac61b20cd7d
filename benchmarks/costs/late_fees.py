"""What is measured of late fees (`benchmarks.cost`)."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.costs.patterns import READ_TOGETHER
from benchmarks.requests import invoice_body
from invoicing.domain.due_work import DueEntry, Work
from invoicing.messaging.due_work import message_of

if TYPE_CHECKING:
    from benchmarks.cost import Client

REQUESTS = {
    "charge_late_fee": [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"],
    "charge_late_fee, nothing to charge": [*READ_TOGETHER, "BatchGetItem"],
    "run_due_work, an invoice to be overdue": ["GetItem", "BatchGetItem", "GetItem", "TransactWriteItems"],
    "run_due_work, a late fee to charge": ["GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"],
}


def measure(client: "Client") -> None:
    """Late fees that are charged on demand and by a worker."""
    past = {"issue_date": "2025-01-01", "due_date": "2025-01-31", "send_email": True}
    asked, automatic = (client.ask("create_invoice", invoice_body(2) | past).data["id"] for _ in range(2))
    account = client.events("invoice.updated")[-1]["pk"]["S"]
    fixed = {"late_fee": {"type": "fixed", "value": 40}}
    client.call("charge_late_fee", fixed, invoice_id=asked, status=201)
    client.call("charge_late_fee, nothing to charge", fixed, invoice_id=asked, status=409)
    monthly = {"type": "percentage", "value": 1, "period": "P1M", "automatic": True}
    client.ask("update_account", {"late_fee": monthly})
    _run(client, "run_due_work, an invoice to be overdue", account, automatic)
    with patch("invoicing.wiring.Wiring.now", lambda _: datetime.now(UTC) + timedelta(days=31)):
        _run(client, "run_due_work, a late fee to charge", account, automatic)
    client.ask("update_account", {"late_fee": None})


def _run(client: "Client", name: str, account: str, invoice_id: str) -> None:
    entry = DueEntry(datetime.now(UTC), Work.LATE_FEE, invoice_id, "Invoice", account)
    record: dict[str, Any] = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    answer = client.react(name, "reactions/run_due_work", {"Records": [record]})
    if answer["batchItemFailures"]:
        raise SystemExit(f"{name}: {answer}")
