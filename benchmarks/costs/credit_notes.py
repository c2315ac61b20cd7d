"""What is measured of credit notes (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import (
    CLOCK,
    MAIL,
    NOTE,
    PART_OF_LIST,
    READ,
    READ_TOGETHER,
    TIMELINE,
    WRITE,
)
from benchmarks.requests import invoice_body, message_about

if TYPE_CHECKING:
    from benchmarks.cost import Client


REQUESTS = {
    "create_credit_note, a part": WRITE,
    "create_credit_note, the rest, by e-mail": WRITE,
    "create_credit_note, of a paid invoice": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "create_credit_note, 500 lines": WRITE,
    "create_credit_note, nothing left": READ_TOGETHER,
    "get_credit_note": READ,
    "get_credit_note, unknown": READ,
    "list_credit_notes, one page has all": PART_OF_LIST,
    "list_credit_notes, page 1": PART_OF_LIST,
    "list_invoice_credit_notes, one page has all": TIMELINE,
    "get_credit_note_pdf, first": [*READ, "GetObject", "PutObject"],
    "get_credit_note_pdf, again": [*READ, "GetObject"],
    "send_credit_note": WRITE,
    "send_credit_note, again": WRITE,
    "void_credit_note": [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"],
    "void_credit_note, whose credit was used": [*READ_TOGETHER, "BatchGetItem", "Query"],
    "deliver_email, of a credit note": [*CLOCK, "BatchGetItem", "GetObject", "GetItem", *NOTE, *MAIL, *NOTE],
}


def measure(client: "Client") -> None:
    """Invoices that are credited, before and after they were paid."""
    due, paid, long = (client.ask("create_invoice", invoice_body(n) | {"send_email": True}).data for n in (2, 2, 500))
    client.ask("record_invoice_payment", {"amount": paid["total"]}, invoice_id=paid["id"])
    reason, line = {"reason": "Returned"}, due["items"][0]
    part = reason | {"items": [{"line_id": line["id"], "quantity": line["quantity"] / 2}]}
    note = client.call("create_credit_note, a part", part, invoice_id=due["id"], status=201).data
    mailed = reason | {"send_email": True}
    client.call("create_credit_note, the rest, by e-mail", mailed, invoice_id=due["id"], status=201)
    made = client.call("create_credit_note, of a paid invoice", reason, invoice_id=paid["id"], status=201).data
    client.call("create_credit_note, 500 lines", reason, invoice_id=long["id"], status=201)
    client.call("create_credit_note, nothing left", reason, invoice_id=due["id"], status=409)
    client.call("get_credit_note", credit_note_id=note["id"])
    client.call("get_credit_note, unknown", credit_note_id="cn_9", status=404)
    client.call("list_credit_notes, one page has all")
    client.call("list_credit_notes, page 1", query="?per_page=2")
    client.call("list_invoice_credit_notes, one page has all", invoice_id=due["id"])
    client.call("get_credit_note_pdf, first", credit_note_id=note["id"])
    client.call("get_credit_note_pdf, again", credit_note_id=note["id"])
    client.call("send_credit_note", {}, credit_note_id=note["id"])
    client.call("send_credit_note, again", {}, credit_note_id=note["id"])
    client.call("void_credit_note", {}, credit_note_id=made["id"])
    made = client.ask("create_credit_note", reason, invoice_id=paid["id"]).data
    (balance,) = client.ask("get_customer_balance", customer_id=made["customer_id"]).data["balances"]
    client.ask("pay_out_credit", {"amount": balance["credit"]}, customer_id=made["customer_id"])
    client.call("void_credit_note, whose credit was used", {}, credit_note_id=made["id"], status=409)
    event = next(event for event in client.events("credit_note.sent") if event["resource_id"]["S"] == note["id"])
    client.react("deliver_email, of a credit note", "reactions/deliver_email", message_about(event))
