"""Requests about events, an hour after they were recorded unless a test says otherwise."""

from datetime import timedelta
from typing import Any

from invoicing import wiring
from invoicing.operations.unit_of_work.ports import RealTime
from tests.http import Response, call, request

INVOICE = {
    "customer_id": "cust_123",
    "items": [{"description": "Consulting", "quantity": 1, "unit_price": 119}],
    "currency": "USD",
}


def set_real_time(*, ahead: timedelta) -> list[float]:
    """Set the real time of the event log ahead; return the seconds that it pauses from now on, without pausing."""
    pauses: list[float] = []
    vars(wiring.wiring())["real_time"] = RealTime(lambda: wiring.now() + ahead, pauses.append)
    return pauses


def events(key: str, query: str = "") -> Response:
    return call("events/list_events", request("GET", f"/events{query}", key=key))


def event(key: str, event_id: str) -> Response:
    return call("events/get_event", request("GET", f"/events/{event_id}", key=key, parameters={"event_id": event_id}))


def ask(key: str, file: str, method: str, path: str, body: Any = None, **more: Any) -> Response:
    """What an operation on one invoice or payment answers; its id is the second part of the path."""
    _, resource, identifier, *_ = f"{path}/".split("/")
    parameters = {f"{resource.removesuffix('s')}_id": identifier} if identifier else None
    return call(file, request(method, path, body, key=key, parameters=parameters, **more))


def create(key: str, **changed: Any) -> Any:
    """A draft over 119.00."""
    return ask(key, "invoices/create_invoice", "POST", "/invoices", INVOICE | changed).data


def types(answer: Response) -> list[str]:
    assert answer.status == 200, answer.body
    return [each["type"] for each in answer.data]
