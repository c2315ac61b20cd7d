"""What is measured of memos."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import PART_OF_LIST, READ, WRITE_NEW

if TYPE_CHECKING:
    from benchmarks.cost import Client

REQUESTS = {"create_memo": WRITE_NEW, "get_memo": READ, "list_memos": PART_OF_LIST}


def measure(client: "Client") -> None:
    """A memo is created, read and listed."""
    memo = client.call("create_memo", {"text": "Call back"}, status=201).data
    client.call("get_memo", memo_id=memo["id"])
    client.call("list_memos")
