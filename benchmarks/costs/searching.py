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
    "list_invoices, looked for by metadata": [*KEY, "BatchGetItem", "Query", "BatchGetItem"],
    "update_search, an invoice with searchable metadata created": KEEP,
    "update_search, a schedule created": ["BatchGetItem", *KEEP, "BatchGetItem"],
    "update_search, a customer with a schedule renamed": [
        "Query",
        "BatchGetItem",
        "BatchGetItem",
        *KEEP,
        "BatchGetItem",
    ],
    "list_recurring_invoices, found by a name": [*SEARCH, "BatchGetItem"],
}


def measure(client: "Client") -> None:
    """A customer and an invoice are created, sent and found."""
    client.ask("create_customer", {"id": "cust_search", "name": "Hedy Lamarr", "email": "hedy@lamarr.example"})
    invoice = client.ask("create_invoice", invoice_body(2) | {"customer_id": "cust_search"}).data["id"]
    reaction = "reactions/update_search"
    events = client.events("customer.created")
    customer = next(event for event in events if event["resource_id"]["S"] == "cust_search")
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
    _metadata(client)
    _schedules(client)


def _metadata(client: "Client") -> None:
    """An invoice is looked for by a value of its metadata, which then gets a row."""
    client.ask("create_invoice", invoice_body(2) | {"customer_id": "cust_search", "metadata": {"order": "4711"}})
    client.call("list_invoices, looked for by metadata", query="?metadata[order]=4711&customer_id=cust_search")
    client.ask("update_account", {"searchable_metadata": ["order"]})
    reaction, created = "reactions/update_search", client.events("invoice.created")[-1]
    name = "update_search, an invoice with searchable metadata created"
    client.react(name, reaction, message_about(created))


def _schedules(client: "Client") -> None:
    """A schedule is found by its customer's name, and by another one after that."""
    schedule = {"frequency": "monthly", "start_date": "2100-01-31", "customer_id": "cust_search"}
    client.ask("create_recurring_invoice", schedule | {"items": invoice_body(2)["items"]})
    reaction = "reactions/update_search"
    created = client.events("recurring_invoice.created")[-1]
    client.react("update_search, a schedule created", reaction, message_about(created))
    client.call("list_recurring_invoices, found by a name", query="?search=lamarr")
    client.ask("update_customer", {"name": "Hedwig Kiesler"}, customer_id="cust_search")
    renamed = client.events("customer.updated")[-1]
    client.react("update_search, a customer with a schedule renamed", reaction, message_about(renamed))
