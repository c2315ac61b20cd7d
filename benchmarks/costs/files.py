"""What is measured of files and attachments (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import CLOCK, KEY, MAIL, NOTE, READ, WRITE_NEW
from benchmarks.requests import invoice_body, message_about
from invoicing.wiring import wiring

if TYPE_CHECKING:
    from benchmarks.cost import Client

CHECK = ["GetObject", "GetObjectTagging", "PutObject", "TransactWriteItems"]
"""What was uploaded is read and checked, copied, and noted."""

ATTACHED, AGAIN = "create_invoice, with a new file", "create_invoice, with a known file"
ISSUED, SENT = "send_invoice, with a file", "deliver_email, with a file"
REQUESTS = {
    "create_file": WRITE_NEW,
    "get_file": READ,
    "delete_file": [
        *KEY, "GetItem", "TransactWriteItems", "ListObjectsV2", "DeleteObject", "ListObjectsV2", "TransactWriteItems"
    ],
    ATTACHED: [*KEY, "BatchGetItem", "BatchGetItem", *CHECK, "TransactWriteItems"],
    AGAIN: [*KEY, "BatchGetItem", "BatchGetItem", "TransactWriteItems"],
    ISSUED: [*KEY, "BatchGetItem", "BatchGetItem", "TransactWriteItems"],
    SENT: [*CLOCK, "BatchGetItem", "GetObject", "GetObject", "PutObject", "GetItem", *NOTE, *MAIL, *NOTE],
}  # fmt: skip


def measure(client: "Client") -> None:
    """Measure files that are uploaded, attached, sent and deleted."""
    client.ask("create_customer", {"id": "cust_700", "name": "Ada", "email": "ada@files.example"})
    file, other = (_uploaded(client) for _ in range(2))
    client.call("get_file", file_id=file)
    client.call("delete_file", status=204, file_id=other)
    body = invoice_body(2) | {"customer_id": "cust_700", "attachments": [file]}
    invoice = client.call(ATTACHED, body, status=201).data["id"]
    client.call(AGAIN, body, status=201)
    client.call(ISSUED, {}, invoice_id=invoice)
    client.react(SENT, "reactions/deliver_email", message_about(client.events("invoice.sent")[-1]))


def _uploaded(client: "Client") -> str:
    """Declare a file and upload it as the form would."""
    content = b"%PDF-1.7\n%%EOF\n"
    new = {"purpose": "attachment", "filename": "a.pdf", "content_type": "application/pdf", "size": len(content)}
    file = client.call("create_file", new, status=201).data
    wiring().objects.keep_file(file["upload"]["fields"]["key"], content, "application/pdf")
    return str(file["id"])
