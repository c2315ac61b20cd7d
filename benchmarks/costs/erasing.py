"""What is measured of erasing a customer (`benchmarks.cost`)."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.costs.patterns import CLOCK, READ
from benchmarks.requests import invoice_body
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.erasure.erasure import erasure_id
from invoicing.messaging.due_work import message_of
from invoicing.wiring import wiring

if TYPE_CHECKING:
    from benchmarks.cost import Client

CUSTOMER = "cust_900"
ERASED, REFUSED, AGAIN = (f"delete_customer, {what}" for what in ("erased", "to be kept", "erased again"))
WALKED = "run_due_work, an erased customer with an invoice"

BEGIN = [*CLOCK, "GetItem", "GetItem"]
"""The walk, and whether its customer is erased."""

GO_ON = [*CLOCK, "GetItem", "TransactWriteItems"]
WORDS = [*CLOCK, "BatchGetItem", "TransactWriteItems", *CLOCK, "BatchGetItem"]
NOTHING = [*BEGIN, *CLOCK, "Query", *GO_ON]
EMAILS = [*CLOCK, "Query", "BatchGetItem"]
"""The events of a document, which name its e-mails."""

INVOICES = [
    *BEGIN, *CLOCK, "Query", "BatchGetItem",
    *EMAILS, *CLOCK, "BatchGetItem", "BatchGetItem", "TransactWriteItems",
    *CLOCK, "GetItem", "BatchGetItem", "TransactWriteItems", "ListObjectsV2", "ListObjectsV2", *WORDS, *GO_ON,
]  # fmt: skip

REQUESTS = {
    REFUSED: [*READ, "Query", "GetItem"],
    ERASED: [*READ, "Query", "GetItem", "BatchGetItem", "GetItem", "TransactWriteItems"],
    AGAIN: READ,
    WALKED: [
        *BEGIN, *EMAILS, *WORDS, *GO_ON,
        *BEGIN, *CLOCK, "Query", "Query", *CLOCK, *GO_ON,
        *NOTHING, *INVOICES, *NOTHING, *NOTHING, *CLOCK, "GetItem",
    ],
}  # fmt: skip

OLD = {"issue_date": "2010-05-05", "due_date": "2010-06-05"}


def measure(client: "Client") -> None:
    """Measure a customer with one old invoice, and one with a new one."""
    for customer_id, dates in ((CUSTOMER, OLD), ("cust_901", {})):
        client.ask("create_customer", {"id": customer_id, "name": "Ada", "email": f"ada@{customer_id[5:]}.example"})
        client.ask("create_invoice", invoice_body(2) | {"customer_id": customer_id, "send_email": True} | dates)
        client.ask("delete_customer", customer_id=customer_id)
    client.call(REFUSED, query="?erase=true", customer_id="cust_901", status=409)
    client.call(ERASED, query="?erase=true", customer_id=CUSTOMER, status=204)
    client.call(AGAIN, query="?erase=true", customer_id=CUSTOMER, status=204)
    _walk(client)


def _walk(client: "Client") -> None:
    account = client.events("customer.erased")[-1]["pk"]["S"]
    entry = DueEntry(datetime.now(UTC), Work.JOB, erasure_id(CUSTOMER), "Erasure", account)
    record = {"messageId": "erasure", "eventSource": "aws:sqs", "body": message_of(entry)}
    # A minute after the erasure begins the second walk, which a slow machine would measure, too.
    with patch("invoicing.wiring.Wiring.now", lambda _: wiring().services.clock()):
        client.react(WALKED, "reactions/run_due_work", {"Records": [record]})
