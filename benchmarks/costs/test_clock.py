"""What is measured of test clocks (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import KEY, READ

if TYPE_CHECKING:
    from benchmarks.cost import Client

NEWEST = ["Query"]
KEYS = ["GetItem", "Query", "BatchGetItem"]
"""The roster tells which keys are usable, an index where they are."""

REQUESTS = {
    "set_test_clock, a new one": [*READ, *NEWEST, *KEYS, "TransactWriteItems"],
    "set_test_clock, to an earlier time": [*READ, *NEWEST, *KEYS, "TransactWriteItems"],
    "get_test_clock": READ,
    "create_customer, under a test clock": [*KEY, "TransactWriteItems"],
    "delete_test_clock": [*READ, *NEWEST, *KEYS, "TransactWriteItems"],
}


def measure(client: "Client") -> None:
    """A clock that is set, set on, used and deleted."""
    client.call("set_test_clock, a new one", {"now": "2098-01-01T00:00:00Z"}, status=201)
    client.call("set_test_clock, to an earlier time", {"now": "2097-12-31T00:00:00Z"})
    client.call("get_test_clock")
    client.call("create_customer, under a test clock", {"name": "Ada"}, status=201)
    client.call("delete_test_clock", status=204)
