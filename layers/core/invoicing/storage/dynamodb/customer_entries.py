"""Indexes of invoices by customer and status, in every order that lists of invoices have.

Their entries are the counted states of invoices, in the table of the counters, and only those of customers with many
invoices: others are listed from their candidates, and cost nothing here.
"""

from typing import Any

from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb.index import Index

PREFIX = "counted#"
"""Begins the key of a counted state; the id of its entity follows."""

_OF_CUSTOMER: dict[str, Any] = {
    "partition": "entered",
    "within": "customer_id status",
    "within_rank": 0,
    "table": "totals",
    "id_prefix": PREFIX,
}

CUSTOMER_ENTRIES = (
    Index(name="by_created", range="created", field=CREATED, **_OF_CUSTOMER),
    Index(name="by_due", range="due", field="due_date", **_OF_CUSTOMER),
    Index(name="by_issued", range="issued", field="issue_date", **_OF_CUSTOMER),
    Index(name="by_amount", range="amount", field="amount", **_OF_CUSTOMER),
    Index(name="by_number", range="number", field="invoice_number", sparse=True, **_OF_CUSTOMER),
)
