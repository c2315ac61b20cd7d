"""What is measured of invoices with what they refer to, whole (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import PART_OF_LIST, READ, READ_TOGETHER
from benchmarks.requests import invoice_body

if TYPE_CHECKING:
    from benchmarks.cost import Client

REQUESTS = {
    "get_invoice, with its customer, 2 payments and a credit note": [*READ_TOGETHER, "BatchGetItem"],
    "get_payment, with its customer and invoice": [*READ, "BatchGetItem"],
    "get_credit_note, with its customer and invoice": [*READ, "BatchGetItem"],
    "list_invoices, 20 with their customers": [*PART_OF_LIST, "BatchGetItem"],
    "list_invoices, 20 with all that they refer to": [*PART_OF_LIST, "BatchGetItem"],
}


def measure(client: "Client") -> None:
    """An invoice that is paid in part and credited is read whole, alone and among others of its customer."""
    client.ask("create_customer", {"id": "cust_whole", "name": "Whole Ltd", "email": "whole@example.com"})
    body = invoice_body(2) | {"customer_id": "cust_whole", "send_email": True}
    invoices = [client.ask("create_invoice", body).data["id"] for _ in range(20)]
    paid = {"payment_method": "check"}
    for amount in (10, 20):
        payment = client.ask("record_invoice_payment", paid | {"amount": amount}, invoice_id=invoices[-1]).data["id"]
    line = {"line_id": client.ask("get_invoice", invoice_id=invoices[-1]).data["items"][0]["id"], "quantity": 1}
    reason = {"items": [line], "reason": "Returned"}
    note = client.ask("create_credit_note", reason, invoice_id=invoices[-1]).data["id"]
    whole = "?expand=customer,payments,credit_notes"
    of_customer = "?customer_id=cust_whole&per_page=20&expand=customer"
    client.call("get_invoice, with its customer, 2 payments and a credit note", query=whole, invoice_id=invoices[-1])
    client.call("list_invoices, 20 with their customers", query=of_customer)
    client.call("list_invoices, 20 with all that they refer to", query=f"{of_customer},payments,credit_notes")
    client.call("get_payment, with its customer and invoice", query="?expand=customer,invoices", payment_id=payment)
    client.call("get_credit_note, with its customer and invoice", query="?expand=customer,invoice", credit_note_id=note)
