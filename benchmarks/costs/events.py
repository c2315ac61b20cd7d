"""What is measured of the event log (`benchmarks.cost`)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import KEY, READ
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.wiring import now, wiring

if TYPE_CHECKING:
    from benchmarks.cost import Client

ONE = [*KEY, "Query"]
OF_RESOURCE = [*KEY, "Query", "Query", "BatchGetItem"]
"""The index, and the last minute in the table."""

REQUESTS = {
    "list_events, page 1": ONE,
    "list_events, followed": ONE,
    "list_events, of a resource, followed with a wait": [*OF_RESOURCE, *OF_RESOURCE[1:]],
    "list_events, of a type": ONE,
    "list_events, of a resource": OF_RESOURCE,
    "list_events, of a resource, the newest known": [*KEY, "Query", "Query"],
    "list_events, wrong cursor": KEY,
    "get_event": READ,
    "get_event, unknown": READ,
}


def measure(client: "Client") -> None:
    """Pages of 10 events, as soon as they are recorded and an hour later."""
    first = client.events("invoice.created")[0]
    resource = first["resource_id"]["S"]
    client.ask("create_customer", {"name": "Somebody"})
    _set_real_time(timedelta())
    page: Any = client.call("list_events, page 1", query="?limit=10").json
    newest = page["data"][0]["resource_id"]
    client.call("list_events, of a resource, followed with a wait", query=f"?resource={newest}&after=")
    _set_real_time(timedelta(hours=1))
    client.call("list_events, followed", query="?after=&limit=10")
    client.call("list_events, of a type", query="?type=invoice.created&limit=10")
    page = client.call("list_events, of a resource", query=f"?resource={resource}&after=").json
    following = f"?resource={resource}&after={page['meta']['next_cursor']}"
    client.call("list_events, of a resource, the newest known", query=following)
    client.call("list_events, wrong cursor", query="?after=x", status=400)
    client.call("get_event", event_id=first["sk"]["S"])
    client.call("get_event, unknown", event_id="evt_9", status=404)


def _set_real_time(ahead: timedelta) -> None:
    vars(wiring())["real_time"] = RealTime(lambda: now() + ahead, lambda _: None)
