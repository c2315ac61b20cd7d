"""What is measured of payments, credit notes and write-offs (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import (
    CLOCK,
    MAIL,
    NOTE,
    OF_INVOICE,
    PART_OF_LIST,
    READ,
    READ_TOGETHER,
    RETURN,
    WRITE,
)
from benchmarks.requests import invoice_body, message_about

if TYPE_CHECKING:
    from benchmarks.cost import Client


REQUESTS = {
    "record_invoice_payment, in part": WRITE,
    "record_invoice_payment, the rest": WRITE,
    "record_invoice_payment, more than is due": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "record_invoice_payment, refused": READ_TOGETHER,
    "record_invoice_payment, with a discount": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "record_payment, of 2 invoices named": [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"],
    "record_payment, of the 2 due first": [*READ_TOGETHER, "Query", "BatchGetItem", "TransactWriteItems"],
    "record_payment, of 30 due first": [*READ_TOGETHER, "Query", "BatchGetItem", "TransactWriteItems"],
    "record_payment, more than is due": [*READ_TOGETHER, "Query"],
    "record_payment, as credit": [*READ_TOGETHER, "Query", "GetItem", "TransactWriteItems"],
    "get_payment": READ,
    "get_payment, unknown": READ,
    "refund_payment, in part": RETURN,
    "refund_payment, refused": RETURN[:-1],
    "refund_payment, of 30 invoices": RETURN,
    "refund_payment, of credit": RETURN,
    "list_refunds": READ,
    "reverse_payment": RETURN,
    "reverse_payment, again": RETURN[:-1],
    "reverse_payment, with a discount": [*RETURN[:-1], "GetItem", "TransactWriteItems"],
    "record_invoice_payment, with its receipt": WRITE,
    "record_payment, with its receipt": [*READ_TOGETHER, "Query", "BatchGetItem", "TransactWriteItems"],
    "send_payment_receipt": WRITE,
    "deliver_email, of a receipt": [
        *CLOCK,
        "BatchGetItem",
        "GetItem",
        "BatchGetItem",
        "Query",
        "Query",
        "GetObject",
        "PutObject",
        "GetItem",
        *NOTE,
        *MAIL,
        *NOTE,
    ],
    "get_invoice_payment": READ_TOGETHER,
    "get_invoice_payment, unknown": READ_TOGETHER,
    "list_payments, one page has all": PART_OF_LIST,
    "list_payments, page 1": PART_OF_LIST,
    "list_payments, next page": PART_OF_LIST,
    "list_payments, of a period": PART_OF_LIST,
    "list_payments, looked for by method": PART_OF_LIST,
    "list_payments, of an invoice": OF_INVOICE,
    "list_invoice_payments": OF_INVOICE,
    "list_invoice_payments, unknown": READ,
}


def measure(client: "Client") -> None:
    """Money that comes in, and goes back."""
    first, second = (client.ask("create_invoice", invoice_body(2) | {"send_email": True}).data for _ in range(2))
    part = client.call("record_invoice_payment, in part", {"amount": 1}, invoice_id=first["id"], status=201).data
    client.call("record_invoice_payment, the rest", {"amount": first["total"] - 1}, invoice_id=first["id"], status=201)
    more = {"amount": second["total"] + 1, "allow_overpayment": True}
    client.call("record_invoice_payment, more than is due", more, invoice_id=second["id"], status=201)
    client.call("record_invoice_payment, refused", {"amount": 1}, invoice_id=first["id"], status=422)
    _recorded(client)
    _returned(client)
    _listed(client, first["id"], part["id"])
    _discounted(client)
    _confirmed(client)


def _recorded(client: "Client") -> None:
    """Payments of a customer: of invoices it names, of those due first, as many as one can pay, and of none."""
    client.ask("create_customer", {"id": "cust_30", "name": "Dan", "email": "dan@example.com"})
    body = {"customer_id": "cust_30", "items": [{"description": "Work", "quantity": 1, "unit_price": 1}]}
    ids = [client.ask("create_invoice", body | {"send_email": True}).data["id"] for _ in range(34)]
    new = {"customer_id": "cust_30", "amount": 2}
    named = [{"invoice_id": invoice_id, "amount": 1} for invoice_id in ids[:2]]
    client.call("record_payment, of 2 invoices named", new | {"allocations": named}, status=201)
    client.call("record_payment, of the 2 due first", new, status=201)
    client.call("record_payment, of 30 due first", new | {"amount": 30}, status=201)
    client.call("record_payment, more than is due", new, status=422)
    client.call("record_payment, as credit", new | {"allow_overpayment": True}, status=201)


def _discounted(client: "Client") -> None:
    """A payment that takes a discount for early payment, and its reversal."""
    body = invoice_body(2) | {"send_email": True, "early_payment_discounts": [{"percent": 2, "days": 10}]}
    invoice = client.ask("create_invoice", body).data
    early = {"amount": invoice["early_payment_discounts"][0]["amount"]}
    name = "record_invoice_payment, with a discount"
    paid = client.call(name, early, invoice_id=invoice["id"], status=201).data
    client.call("reverse_payment, with a discount", {"reason": "Bounced"}, payment_id=paid["id"])


def _confirmed(client: "Client") -> None:
    """Payments whose receipts are e-mailed."""
    invoice = client.ask("create_invoice", invoice_body(2) | {"send_email": True}).data
    new = {"amount": 1, "send_receipt": True}
    paid = client.call("record_invoice_payment, with its receipt", new, invoice_id=invoice["id"], status=201).data
    of_customer = new | {"customer_id": "cust_30", "allow_overpayment": True}
    client.call("record_payment, with its receipt", of_customer, status=201)
    client.call("send_payment_receipt", {}, payment_id=paid["id"])
    event = next(event for event in client.events("payment.receipt_sent") if event["resource_id"]["S"] == paid["id"])
    client.react("deliver_email, of a receipt", "reactions/deliver_email", message_about(event))


def _returned(client: "Client") -> None:
    """What goes back of them, the last first."""
    credit, thirty, first_due, *_ = (event["resource_id"]["S"] for event in client.events("payment.created")[::-1])
    client.call("get_payment", payment_id=first_due)
    client.call("get_payment, unknown", payment_id="pay_9", status=404)
    client.call("refund_payment, in part", {"amount": 1}, payment_id=first_due, status=201)
    client.call("refund_payment, refused", {"amount": 9}, payment_id=first_due, status=422)
    client.call("refund_payment, of 30 invoices", {}, payment_id=thirty, status=201)
    client.call("refund_payment, of credit", {"amount": 1}, payment_id=credit, status=201)
    client.call("list_refunds", payment_id=first_due)
    client.call("reverse_payment", {"reason": "Bounced"}, payment_id=first_due)
    client.call("reverse_payment, again", {"reason": "Bounced"}, payment_id=first_due, status=409)


def _listed(client: "Client", invoice_id: str, payment_id: str) -> None:
    """Lists of 7 payments, and of the 2 of one invoice."""
    client.call("get_invoice_payment", invoice_id=invoice_id, payment_id=payment_id)
    client.call("get_invoice_payment, unknown", invoice_id=invoice_id, payment_id="pay_9", status=404)
    client.call("list_payments, one page has all")
    following = "?" + client.call("list_payments, page 1", query="?limit=3").json["links"]["next"].partition("?")[2]
    client.call("list_payments, next page", query=following)
    client.call("list_payments, of a period", query="?start_date=2020-01-01&end_date=2099-12-31&limit=3")
    client.call("list_payments, looked for by method", query="?payment_method=other")
    client.call("list_payments, of an invoice", query=f"?invoice_id={invoice_id}")
    client.call("list_invoice_payments", invoice_id=invoice_id)
    client.call("list_invoice_payments, unknown", invoice_id="inv_9", status=404)
