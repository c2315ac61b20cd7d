"""What is measured of logos (`benchmarks.cost`)."""

import io
from typing import TYPE_CHECKING

from benchmarks.costs.patterns import CLOCK, MAIL, NOTE, PAGE, READ_TOGETHER
from benchmarks.requests import invoice_body, message_about
from invoicing.wiring import wiring

if TYPE_CHECKING:
    from benchmarks.cost import Client

SET, AGAIN = "update_account, with a new logo", "update_account, with the same logo"
SENT = "deliver_email, with a logo"
DRAWN, SHOWN = "get_invoice_pdf, with a logo", "view_invoice, with a logo"
REQUESTS = {
    SET: [
        *READ_TOGETHER, "GetItem", "GetObject", "GetObjectTagging", "PutObject", "TransactWriteItems", "PutObject",
        "TransactWriteItems",
    ],
    AGAIN: READ_TOGETHER,
    SENT: [*CLOCK, "BatchGetItem", "GetObject", "GetObject", "PutObject", "GetItem", *NOTE, *MAIL, *NOTE],
    DRAWN: [*READ_TOGETHER, "GetObject"],
    SHOWN: [*PAGE, *NOTE],
}  # fmt: skip
"""The first document of a process reads the logo, and the others have it."""


def measure(client: "Client") -> None:
    """Measure a logo that is set, drawn and sent."""
    client.ask("create_customer", {"id": "cust_710", "name": "Ada", "email": "ada@logos.example"})
    file = _uploaded(client)
    client.call(SET, {"logo": file})
    client.call(AGAIN, {"logo": file})
    body = invoice_body(2) | {"customer_id": "cust_710"}
    invoice = client.ask("create_invoice", body).data
    client.ask("send_invoice", {}, invoice_id=invoice["id"])
    client.react(SENT, "reactions/deliver_email", message_about(client.events("invoice.sent")[-1]))
    client.call(DRAWN, invoice_id=invoice["id"])
    page = client.ask("get_invoice", invoice_id=invoice["id"]).data["hosted_url"].rpartition("/")[2]
    client.call(SHOWN, key=None, token=page)
    client.ask("update_account", {"logo": None})


def _uploaded(client: "Client") -> str:
    """Declare a logo and upload it as the form would."""
    from PIL import Image  # noqa: PLC0415

    made = io.BytesIO()
    Image.new("RGB", (300, 100), "navy").save(made, "PNG")
    content = made.getvalue()
    new = {"purpose": "logo", "filename": "a.png", "content_type": "image/png", "size": len(content)}
    file = client.ask("create_file", new).data
    wiring().objects.keep_file(file["upload"]["fields"]["key"], content, "image/png")
    return str(file["id"])
