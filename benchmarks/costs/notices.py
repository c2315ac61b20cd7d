"""What is measured of notices to the account (`benchmarks.cost`); at the end they are switched off again."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.costs.deliveries import REPORT, report
from benchmarks.costs.patterns import CLOCK, MAIL, NOTE
from benchmarks.costs.upcoming_reminders import run
from benchmarks.requests import invoice_body, message_about
from invoicing.domain.due_work import DueEntry, Work

if TYPE_CHECKING:
    from benchmarks.cost import Client

TOLD, MADE, SENT = "record_mail_events, told of", "run_due_work, a notice", "deliver_email, a notice"
REQUESTS = {
    TOLD: [*REPORT, "BatchGetItem", "BatchGetItem", *NOTE],
    MADE: [*CLOCK, "BatchGetItem", *NOTE],
    SENT: [*CLOCK, "BatchGetItem", "BatchGetItem", "BatchGetItem", "GetItem", *NOTE, *MAIL, *NOTE],
}


def measure(client: "Client") -> None:
    """Measure a bounce that the account is told of."""
    client.ask("update_account", {"notifications": {"enabled": True, "email": "ops@acme.example"}})
    client.ask("create_customer", {"id": "cust_600", "name": "Ada", "email": "ada@notices.example"})
    body = invoice_body(2) | {"customer_id": "cust_600", "send_email": True}
    client.ask("create_invoice", body)
    sent = client.events("invoice.sent")[-1]
    account, (delivery,) = sent["pk"]["S"], json.loads(sent["data"]["S"])["delivery_ids"]
    report(client, TOLD, account, delivery, "bounce_mailbox_full")
    comes = datetime.now(UTC) + timedelta(days=2)
    with patch("invoicing.wiring.Wiring.now", lambda _: comes):
        run(client, MADE, DueEntry(comes, Work.NOTICE, account.partition("#")[0], "AccountNotice", account))
    client.react(SENT, "reactions/deliver_email", message_about(client.events("notice.sent")[-1]))
    client.ask("update_account", {"notifications": None})
