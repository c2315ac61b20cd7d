"""What is measured of recurring invoices (`benchmarks.cost`)."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import CLOCK, KEY, PART_OF_LIST, READ, READ_TOGETHER, TIMELINE, WRITE
from benchmarks.requests import invoice_body
from invoicing.domain.due_work import DueEntry, Work
from invoicing.messaging.due_work import message_of

if TYPE_CHECKING:
    from benchmarks.cost import Client

WITH_CUSTOMER = [*READ_TOGETHER, "GetItem", "TransactWriteItems"]
"""The schedule says whose it is."""

CREATE = "create_recurring_invoice"
REQUESTS = {
    CREATE: WRITE,
    f"{CREATE}, a start in the past without a word": READ_TOGETHER,
    "get_recurring_invoice": READ,
    "list_recurring_invoices": PART_OF_LIST,
    "list_schedule_invoices": TIMELINE,
    "list_schedule_invoices, of none": [*READ, "Query"],
    "preview_recurring_invoice": [*READ_TOGETHER, "GetItem"],
    "preview_recurring_invoice_pdf": [*READ_TOGETHER, "GetItem"],
    "update_recurring_invoice": WITH_CUSTOMER,
    "update_recurring_invoice, nothing changes": READ_TOGETHER,
    "pause_recurring_invoice": WRITE,
    "resume_recurring_invoice": WITH_CUSTOMER,
    "skip_recurring_invoice": WRITE,
    "cancel_recurring_invoice": WRITE,
    "cancel_recurring_invoice, again": READ_TOGETHER,
    "recur_invoice": WITH_CUSTOMER,
    "run_due_work, an invoice of a schedule": [*CLOCK, "GetItem", "BatchGetItem", "TransactWriteItems"],
    "delete_customer, with schedules": [*READ, "Query", "BatchGetItem", "TransactWriteItems"],
    "pause_recurring_invoice, unknown": [*KEY, "BatchGetItem"],
}


def measure(client: "Client") -> None:
    """A schedule that is made, looked at, changed and cancelled; one that has made an invoice."""
    at = {"frequency": "monthly", "start_date": "2100-01-31"}
    content = {name: value for name, value in invoice_body(2).items() if name in {"customer_id", "items", "currency"}}
    schedule = client.call(CREATE, content | at, status=201).data["id"]
    past = content | at | {"start_date": "2020-01-31"}
    client.call(f"{CREATE}, a start in the past without a word", past, status=422)
    client.call("get_recurring_invoice", recurring_id=schedule)
    client.call("list_recurring_invoices")
    client.call("preview_recurring_invoice", recurring_id=schedule)
    client.call("preview_recurring_invoice_pdf", recurring_id=schedule)
    client.call("list_schedule_invoices, of none", recurring_id=schedule)
    client.call("update_recurring_invoice", {"notes": "Thank you"}, recurring_id=schedule)
    client.call("update_recurring_invoice, nothing changes", {"notes": "Thank you"}, recurring_id=schedule)
    client.call("pause_recurring_invoice", recurring_id=schedule)
    client.call("resume_recurring_invoice", recurring_id=schedule)
    client.call("skip_recurring_invoice", recurring_id=schedule)
    client.call("cancel_recurring_invoice", recurring_id=schedule)
    client.call("cancel_recurring_invoice, again", recurring_id=schedule)
    client.call("pause_recurring_invoice, unknown", recurring_id="rec_404", status=404)
    invoice = client.ask("create_invoice", invoice_body(2)).data["id"]
    client.call("recur_invoice", at, invoice_id=invoice, status=201)
    _list_made(client, past)
    client.ask("create_customer", {"id": "cust_recurring", "name": "Dave", "email": "dave@example.com"})
    for _ in range(3):
        client.ask(CREATE, content | at | {"customer_id": "cust_recurring"})
    client.call("delete_customer, with schedules", customer_id="cust_recurring", status=204)


def _list_made(client: "Client", past: Any) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    made = past | {"start_date": yesterday, "catch_up": "all", "max_occurrences": 1, "on_generate": "draft"}
    schedule = client.ask(CREATE, made).data["id"]
    account = client.events("recurring_invoice.created")[-1]["pk"]["S"]
    entry = DueEntry(datetime.now(UTC), Work.OCCURRENCE, schedule, "RecurringInvoice", account)
    record: dict[str, Any] = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    answer = client.react("run_due_work, an invoice of a schedule", "reactions/run_due_work", {"Records": [record]})
    if answer["batchItemFailures"]:
        raise SystemExit(f"run_due_work: {answer}")
    client.call("list_schedule_invoices", recurring_id=schedule)
