"""What is measured of test clocks (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import KEY, READ, READ_TOGETHER
from benchmarks.requests import invoice_body
from tests.http import load_handler

if TYPE_CHECKING:
    from benchmarks.cost import Client

NEWEST = ["Query"]
KEYS = ["GetItem", "Query", "BatchGetItem"]
"""The roster tells which keys are usable, an index where they are."""

BEGIN = [*READ_TOGETHER, *KEYS, "TransactWriteItems"]
AGENDA = ["BatchGetItem", "Query", "Query", "Query", "BatchGetItem"]
"""The clock as it is now, then what is due in its shard and outside of it."""

NOTHING_DUE, OVERDUE = "advance_test_clock, nothing due", "advance_test_clock, an invoice becomes overdue"
REQUESTS = {
    "set_test_clock, a new one": [*READ, *NEWEST, *KEYS, "TransactWriteItems"],
    "set_test_clock, to an earlier time": [*READ, *NEWEST, *KEYS, "TransactWriteItems"],
    "get_test_clock": READ,
    "create_customer, under a test clock": [*KEY, "TransactWriteItems"],
    "delete_test_clock": [*READ, *NEWEST, *KEYS, "TransactWriteItems"],
    NOTHING_DUE: [*BEGIN, *AGENDA, *KEYS, "TransactWriteItems"],
    OVERDUE: [*BEGIN, *AGENDA, "BatchGetItem", "GetItem", "TransactWriteItems", *KEYS, "TransactWriteItems"],
}


def measure(client: "Client") -> None:
    """A clock that is set, set on, used and deleted."""
    client.call("set_test_clock, a new one", {"now": "2098-01-01T00:00:00Z"}, status=201)
    client.call("set_test_clock, to an earlier time", {"now": "2097-12-31T00:00:00Z"})
    client.call("get_test_clock")
    client.call("create_customer, under a test clock", {"name": "Ada"}, status=201)
    client.call("delete_test_clock", status=204)
    _advance(client)


def _advance(client: "Client") -> None:
    """In an account of its own, as everything that is due is done on the way."""
    before, account = client.key, {"name": "Acme", "email": "ap@acme.example", "time_zone": "UTC"}
    client.key = load_handler("account/create_account")(account, None)["api_key"]
    client.ask("set_test_clock", {"now": "2097-01-01T00:00:00Z"})
    client.call(NOTHING_DUE, {"by": "P1D"})
    customer = client.ask("create_customer", {"name": "Ada Lovelace", "email": "ada@example.com"}).data["id"]
    body = invoice_body(2) | {"customer_id": customer, "due_date": "2097-01-31", "send_email": True}
    client.ask("create_invoice", body)
    client.call(OVERDUE, {"by": "P1M"})
    client.key = before
