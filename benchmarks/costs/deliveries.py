"""What is measured of e-mails to several recipients, of reports about them, and of suppressions (`benchmarks.cost`)."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import CLOCK, MAIL, NOTE, PART_OF_LIST, READ_TOGETHER, WRITE
from benchmarks.requests import invoice_body, message_about

if TYPE_CHECKING:
    from benchmarks.cost import Client

_EXAMPLES = Path(__file__).resolve().parents[2] / "tests" / "mail_events"
NEXT = ["BatchGetItem", "GetItem", *NOTE, *MAIL, *NOTE]
REPORT = [*CLOCK, "GetItem"]
REQUESTS = {
    "send_invoice, to three": WRITE,
    "deliver_email, to three": [*CLOCK, "BatchGetItem", "GetObject", "GetItem", *NOTE, *MAIL, *NOTE, *NEXT * 2],
    "record_mail_events, delivered": [*REPORT, "BatchGetItem", *NOTE],
    "record_mail_events, delivered, again": REPORT,
    "record_mail_events, delayed": [*REPORT, "BatchGetItem", *NOTE],
    "record_mail_events, bounced": [*REPORT, "BatchGetItem", "BatchGetItem", *NOTE],
    "record_mail_events, failed": [*REPORT, "BatchGetItem", "BatchGetItem", *NOTE],
    "record_mail_events, of nobody": REPORT,
    "send_invoice, one of three suppressed": [*WRITE, "BatchGetItem", "GetItem", "TransactWriteItems"],
    "list_deliveries": PART_OF_LIST,
    "list_deliveries, of an invoice": [*PART_OF_LIST, "BatchGetItem"],
    "list_deliveries, bounced": PART_OF_LIST,
    "list_suppressions": PART_OF_LIST,
    "delete_suppression": [*READ_TOGETHER, "TransactWriteItems"],
    "delete_suppression, none": READ_TOGETHER,
}


def measure(client: "Client") -> None:
    """Measure an invoice that is sent to three, and what becomes of its e-mails."""
    client.ask("create_customer", {"id": "cust_500", "name": "Ada", "email": "ada@deliveries.example"})
    body = invoice_body(2) | {"customer_id": "cust_500"}
    invoice = client.ask("create_invoice", body | {"send_email": True}).data["id"]
    client.ask("get_invoice_pdf", invoice_id=invoice)
    everybody = {"to": ["a@x.example"], "cc": ["b@x.example"], "bcc": ["c@x.example"]}
    client.call("send_invoice, to three", everybody, invoice_id=invoice)
    sent = client.events("invoice.resent")[-1]
    client.react("deliver_email, to three", "reactions/deliver_email", message_about(sent))
    account, ids = sent["pk"]["S"], json.loads(sent["data"]["S"])["delivery_ids"]
    report(client, "record_mail_events, delayed", account, ids[0], "delivery_delay")
    report(client, "record_mail_events, delivered", account, ids[0], "delivery")
    report(client, "record_mail_events, delivered, again", account, ids[0], "delivery")
    report(client, "record_mail_events, bounced", account, ids[1], "bounce")
    report(client, "record_mail_events, failed", account, ids[2], "bounce_mailbox_full")
    report(client, "record_mail_events, of nobody", account, "dlv_" + "0" * 32, "bounce")
    client.call("send_invoice, one of three suppressed", everybody, invoice_id=invoice)
    client.call("list_deliveries")
    client.call("list_deliveries, of an invoice", query=f"?invoice_id={invoice}")
    client.call("list_deliveries, bounced", query="?status=bounced")
    client.call("list_suppressions")
    client.call("delete_suppression", address="b@x.example", status=204)
    client.call("delete_suppression, none", address="b@x.example", status=204)


def report(client: "Client", name: str, account: str, delivery_id: str, example: str) -> None:
    """Measure a report of the mail service."""
    event: dict[str, Any] = json.loads((_EXAMPLES / f"{example}.json").read_text())
    tags = {"account": [account.partition("#")[0]], "mode": ["test"], "delivery": [delivery_id]}
    event["detail"]["mail"]["tags"] |= tags
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": json.dumps(event)}
    answer = client.react(name, "reactions/record_mail_events", {"Records": [record]})
    if answer["batchItemFailures"]:
        raise SystemExit(f"{name}: {answer}")
