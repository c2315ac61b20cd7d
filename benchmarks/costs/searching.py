"""What is measured of searches, and of keeping the words that they find (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import KEY
from benchmarks.requests import invoice_body, message_about

if TYPE_CHECKING:
    from benchmarks.cost import Client

SEARCH = [*KEY, "Query", "BatchGetItem"]
KEEP = ["BatchGetItem", "TransactWriteItems", "BatchGetItem"]
"""Whoever writes words looks once more whether they are right."""

REQUESTS = {
    "update_search, a customer created": KEEP,
    "update_search, an invoice created": KEEP,
    "update_search, the message again": ["BatchGetItem"],
    "update_search, an invoice sent, which gets its number": KEEP,
    "list_customers, found by a name": SEARCH,
    "list_invoices, found by a number": SEARCH,
    "list_invoices, found by a name and a state": SEARCH,
    "list_invoices, found by nothing": [*KEY, "Query"],
}


def measure(client: "Client") -> None:
    """A customer and an invoice are created, sent and found."""
    client.ask("create_customer", {"id": "cust_search", "name": "Hedy Lamarr", "email": "hedy@lamarr.example"})
    invoice = client.ask("create_invoice", invoice_body(2) | {"customer_id": "cust_search"}).data["id"]
    reaction = "reactions/update_search"
    customer = client.events("customer.created")[-1]
    client.react("update_search, a customer created", reaction, message_about(customer))
    created = next(event for event in client.events("invoice.created") if event["resource_id"]["S"] == invoice)
    client.react("update_search, an invoice created", reaction, message_about(created))
    client.react("update_search, the message again", reaction, message_about(created))
    number = client.ask("send_invoice", {"send_email": False}, invoice_id=invoice).data["invoice_number"]
    sent = next(event for event in client.events("invoice.sent") if event["resource_id"]["S"] == invoice)
    client.react("update_search, an invoice sent, which gets its number", reaction, message_about(sent))
    client.call("list_customers, found by a name", query="?search=lamarr")
    client.call("list_invoices, found by a number", query=f"?search={number}")
    client.call("list_invoices, found by a name and a state", query="?search=hedy&status=sent")
    client.call("list_invoices, found by nothing", query="?search=nobody")
