"""What is measured of imports (`benchmarks.cost`); `benchmarks.imports` measures thousands of rows."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import CLOCK, KEY, PART_OF_LIST, READ, WRITE_ONE
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.imports.data_import import IMPORT_RUN, ImportRun
from invoicing.messaging.due_work import message_of

if TYPE_CHECKING:
    from benchmarks.cost import Client

FIRST = [*CLOCK, "GetItem", "GetItem", "GetObject"]
"""What is under way, the import, and its file."""

PLANNED = ["PutObject", *CLOCK, "GetItem", "TransactWriteItems", *CLOCK]
ENDED = [*CLOCK, "GetItem", "TransactWriteItems"]
REQUESTS = {
    "create_import": [*KEY, "GetItem", "PutObject", "TransactWriteItems"],
    "get_import": READ,
    "list_imports": PART_OF_LIST,
    "stop_import": WRITE_ONE,
    "run_due_work, an import of a customer": [
        *FIRST, *PLANNED, *CLOCK, "GetItem", "TransactWriteItems", *ENDED, *ENDED
    ],
    "run_due_work, an import of a paid invoice": [
        *FIRST, *PLANNED, *CLOCK, "BatchGetItem", "TransactWriteItems", *ENDED, *ENDED
    ],
    "run_due_work, an import that was stopped": [*CLOCK, "GetItem", "GetItem", "GetObject", *ENDED],
}  # fmt: skip

CUSTOMER = "id,name,email\ncust_800,Ada,ada@imports.example\n"
INVOICE = (
    "invoice_number,customer_id,issue_date,due_date,currency,description,quantity,unit_price,tax_rate,"
    "amount_paid,paid_date\nOLD-1,cust_800,2026-01-05,2026-02-04,USD,Work,10,120,0.2,1440,2026-02-01\n"
)


def measure(client: "Client") -> None:
    """Measure imports of one row, and one that is stopped."""
    _import(client, "run_due_work, an import of a customer", "customers", CUSTOMER, measured=True)
    _import(client, "run_due_work, an import of a paid invoice", "invoices", INVOICE)
    client.call("list_imports")
    stopped = client.ask("create_import", {"type": "customers", "format": "csv", "data": CUSTOMER}).data["id"]
    client.call("get_import", import_id=stopped)
    client.call("stop_import", status=204, import_id=stopped)
    _run(client, "run_due_work, an import that was stopped")


def _import(client: "Client", name: str, of: str, data: str, *, measured: bool = False) -> None:
    body = {"type": of, "format": "csv", "data": data}
    made = client.call("create_import", body, status=202) if measured else client.ask("create_import", body)
    _run(client, name)
    ended = client.ask("get_import", import_id=made.data["id"]).data
    if ended["created"] != 1:
        raise SystemExit(f"{name}: {ended}")


def _run(client: "Client", name: str) -> None:
    account = client.events("customer.created")[-1]["pk"]["S"]
    entry = DueEntry(datetime.now(UTC), Work.JOB, IMPORT_RUN, ImportRun.__name__, account)
    record: dict[str, Any] = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    answer = client.react(name, "reactions/run_due_work", {"Records": [record]})
    if answer["batchItemFailures"]:
        raise SystemExit(f"{name}: {answer}")
