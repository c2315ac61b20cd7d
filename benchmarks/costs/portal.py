"""What is measured of hosted links, view logs and the portal (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import CLOCK, MAIL, NOTE, READ_TOGETHER, TIMELINE, WRITE, WRITE_ONE
from benchmarks.requests import invoice_body, message_about

if TYPE_CHECKING:
    from benchmarks.cost import Client

OPEN = ["GetItem", "BatchGetItem"]
"""A token leads to its link, and that to customer, account and, in test mode, the test clock."""

BALANCE = ["BatchGetItem", "Query", "Query"]
PAGE_OF_LIST = ["Query", "BatchGetItem"]
"""The customer's counts, read before or with a list of invoices, say whether it has more than a page."""

ORDER = ["GetItem", "BatchGetItem", "BatchGetItem"]
REQUESTS = {
    "rotate_hosted_link": WRITE,
    "list_invoice_views": READ_TOGETHER,
    "create_portal_link": WRITE,
    "create_portal_link, with its e-mail": WRITE,
    "list_portal_links": TIMELINE,
    "revoke_portal_link": WRITE_ONE,
    "deliver_email, of a portal link": [*CLOCK, "BatchGetItem", "BatchGetItem", "GetItem", *NOTE, *MAIL, *NOTE],
    "view_portal": [
        *OPEN,
        *BALANCE,
        "BatchGetItem",
        *PAGE_OF_LIST,
        *PAGE_OF_LIST,
        *PAGE_OF_LIST,
        *PAGE_OF_LIST,
    ],
    "view_portal, unknown": ["GetItem"],
    "view_portal_invoice": [*OPEN, "GetItem"],
    "download_portal_invoice": [*OPEN, "GetItem", "GetObject", "PutObject"],
    "download_portal_credit_note": [*OPEN, "GetItem", "GetObject", "PutObject"],
    "download_portal_receipt": [*OPEN, "GetItem", "GetObject", "PutObject"],
    "download_hosted_document, a credit note": [*OPEN, "GetItem", "GetObject"],
    "download_hosted_document, a receipt": [*OPEN, "GetItem", "GetObject"],
    "download_portal_statement": [*OPEN, *BALANCE],
    "request_portal_link": [*ORDER, "TransactWriteItems"],
    "request_portal_link, a fourth time": ORDER[:2],
    "request_portal_link, unknown": ["GetItem"],
}


def measure(client: "Client") -> None:
    """Measure with a customer that has an invoice and a credit note."""
    known = {"id": "cust_700", "name": "Ada Lovelace", "email": "ada700@example.com"}
    client.ask("create_customer", known)
    body = invoice_body(2) | {"customer_id": "cust_700", "send_email": True}
    invoice = client.ask("create_invoice", body).data["id"]
    client.call("list_invoice_views", invoice_id=invoice)
    hosted = client.call("rotate_hosted_link", invoice_id=invoice).data["hosted_url"].rpartition("/")[2]
    note = client.ask("create_credit_note", {"reason": "All"}, invoice_id=invoice).data["id"]
    paid = client.ask("create_invoice", body).data["id"]
    payment = client.ask("record_invoice_payment", {"amount": 1}, invoice_id=paid).data
    shown = client.ask("get_invoice", invoice_id=paid).data["hosted_url"].rpartition("/")[2]
    made = client.call("create_portal_link", {}, customer_id="cust_700", status=201).data
    mailed = client.call(
        "create_portal_link, with its e-mail", {"send_email": True}, customer_id="cust_700", status=201
    )
    (event,) = client.events("customer.portal_link_sent")
    client.react("deliver_email, of a portal link", "reactions/deliver_email", message_about(event))
    client.call("list_portal_links", customer_id="cust_700")
    portal = {"key": None, "token": made["url"].rpartition("/")[2]}
    client.call("view_portal", **portal)
    client.call("view_portal, unknown", key=None, token="no-such-token", status=404)
    client.call("view_portal_invoice", **portal, invoice_id=invoice)
    client.call("download_portal_invoice", **portal, invoice_id=invoice, status=302)
    client.call("download_portal_credit_note", **portal, credit_note_id=note, status=302)
    client.call("download_portal_receipt", **portal, payment_id=payment["id"], status=302)
    client.call("download_portal_statement", **portal)
    client.call("revoke_portal_link", customer_id="cust_700", link_id=mailed.data["id"], status=204)
    page = {"key": None, "token": hosted}
    client.call("download_hosted_document, a credit note", **page, document_id=note, status=302)
    client.call("download_hosted_document, a receipt", key=None, token=shown, document_id=payment["id"], status=302)
    client.call("request_portal_link", **page, status=202)
    for _ in range(2):
        client.ask("request_portal_link", **page)
    client.call("request_portal_link, a fourth time", **page, status=202)
    client.call("request_portal_link, unknown", key=None, token="no-such-token", status=202)
