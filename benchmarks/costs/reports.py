"""What is measured of reports, and of posting the ledger to their totals (`benchmarks.cost`)."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import KEY
from benchmarks.requests import invoice_body
from invoicing.wiring import wiring
from tests.http import load_handler
from tests.ledger_stream import stream_of

if TYPE_CHECKING:
    from benchmarks.cost import Client

REPORT = [*KEY, "GetItem", "Query"]
POST = ["BatchGetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"]
"""The notes of entries, what the entries are of, and the totals."""

REBUILD = [
    *["GetItem", "Query", "BatchGetItem", "Query", "Query"],
    *["Query", "Query", "BatchGetItem"],
    *["Query", "Query", "Query", "BatchGetItem", "BatchGetItem"],
]
"""Account, customers and totals; ledger and notes; all totals, then ledger, notes and what the entries are of."""

CHECK = [
    *["Query", "Query", "BatchGetItem", "Query"],
    *["Query", "Query", "BatchGetItem", "BatchGetItem"],
]
"""Totals and customers; ledger, notes and what the entries are of."""

REQUESTS = {
    "update_reports, an invoice issued": POST,
    "update_reports, told again": ["BatchGetItem"],
    "update_reports, a payment": POST,
    "update_reports, 10 invoices issued": POST,
    **{f"get_{name}_report": REPORT for name in ("revenue", "aging", "tax", "payments")},
    "get_summary_report": [*KEY, "BatchGetItem", "Query"],
    "get_forecast_report": [*KEY, "BatchGetItem", "Query", "Query"],
    "rebuild_totals": REBUILD,
    "check_totals, for each account": CHECK,
    "get_customers_report": [*REPORT, "BatchGetItem"],
}


def measure(client: "Client") -> None:
    """An account of its own, whose days have little else."""
    before, account = client.key, {"name": "Acme", "email": "ap@acme.example", "time_zone": "UTC"}
    client.key = load_handler("account/create_account")(account, None)["api_key"]
    client.ask("get_account")  # the first request of a key costs one more
    client.ask("create_customer", {"id": "cust_report", "name": "Ada", "email": "ada@reports.example"})
    body = invoice_body(2) | {"customer_id": "cust_report", "send_email": True}
    seen = {item["sk"]["S"] for item in client.entries()}

    def post(name: str) -> Any:
        told = stream_of(item for item in client.entries() if item["sk"]["S"] not in seen)
        seen.update(item["sk"]["S"] for item in client.entries())
        client.react(f"update_reports, {name}", "reactions/update_reports", told)
        return told

    issued = client.ask("create_invoice", body).data["id"]
    client.react("update_reports, told again", "reactions/update_reports", post("an invoice issued"))
    client.ask("record_invoice_payment", {"amount": 10}, invoice_id=issued)
    post("a payment")
    for _ in range(10):
        client.ask("create_invoice", body)
    post("10 invoices issued")
    for name in ("summary", "revenue", "aging", "tax", "payments", "customers", "forecast"):
        client.call(f"get_{name}_report")
    own = client.ask("get_account").data["id"]
    client.react("rebuild_totals", "reports/rebuild_totals", {"account_id": own})
    vars(wiring())["account_sample"] = SimpleNamespace(some=lambda _: [f"{own}#test"])
    client.react("check_totals, for each account", "schedules/check_totals", {})
    client.key = before
