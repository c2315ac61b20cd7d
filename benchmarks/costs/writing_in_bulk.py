"""What is measured of bulk operations (`benchmarks.cost`): how much of a request its items share."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import KEY, READ_TOGETHER
from benchmarks.requests import invoice_body

if TYPE_CHECKING:
    from benchmarks.cost import Client

COMMIT = "TransactWriteItems"
KNOWN = "BatchGetItem"
"""Finds out which keys were used."""

REQUESTS = {
    "create_invoices, 10 of 10 lines": [*READ_TOGETHER, *[COMMIT] * 10],
    "create_invoices, 10 sent by e-mail at once, with reminders": [*READ_TOGETHER, *["BatchGetItem", COMMIT] * 10],
    "create_invoices, 10 with keys": [*KEY, KNOWN, "BatchGetItem", *[COMMIT] * 10],
    "create_invoices, 10 with keys, again": [*KEY, KNOWN],
    "create_invoices, idempotent, 3 of which 1 fails": [
        *KEY, KNOWN, "BatchGetItem", COMMIT, "BatchGetItem", "GetItem", "BatchGetItem", COMMIT, "PutItem",
    ],
    "create_invoices, idempotent, again": [*KEY, KNOWN],
    "create_invoices, wrong fields": KEY,
    "record_payments, 10 of one invoice": [*READ_TOGETHER, *[COMMIT] * 10],
    "record_payments, of 10 invoices": [*READ_TOGETHER, *[COMMIT] * 10],
}  # fmt: skip


def measure(client: "Client") -> None:
    """Invoices and payments, some with keys, some that fail."""
    ten = invoice_body(10)
    client.call("create_invoices, 10 of 10 lines", {"invoices": [ten] * 10}, status=207)
    sent = {"invoices": [ten | {"send_email": True}] * 10}
    made = client.call("create_invoices, 10 sent by e-mail at once, with reminders", sent, status=207).data["results"]
    keyed = {"invoices": [ten | {"idempotency_key": f"bulk-{number}"} for number in range(10)]}
    client.call("create_invoices, 10 with keys", keyed, status=207)
    client.call("create_invoices, 10 with keys, again", keyed, status=207)
    some = {"invoices": [ten, ten | {"customer_id": "cust_9"}, ten]}
    headers = {"idempotency-key": "bulk"}
    client.call("create_invoices, idempotent, 3 of which 1 fails", some, status=207, headers=headers)
    client.call("create_invoices, idempotent, again", some, status=207, headers=headers)
    client.call("create_invoices, wrong fields", {"invoices": [{"customer_id": 1}] * 10}, status=207)
    ids = [result["data"]["id"] for result in made]
    client.call(
        "record_payments, 10 of one invoice", {"payments": [{"invoice_id": ids[0], "amount": 1}] * 10}, status=207
    )
    client.call(
        "record_payments, of 10 invoices", {"payments": [{"invoice_id": each, "amount": 2} for each in ids]}, status=207
    )
