from typing import Any

from tests.http import Response, call, request

FIELDS = {"name": "Branch", "document_type": "invoice", "pattern": "B-{year}-{seq:03}"}


def create(key: str, **changes: Any) -> Response:
    return call("account/create_number_series", request("POST", "/number-series", FIELDS | changes, key=key))


def on(key: str, method: str, verb: str, series_id: str, body: Any = None, **headers: str) -> Response:
    parameters = {"series_id": series_id}
    event = request(method, f"/number-series/{series_id}", body, key=key, parameters=parameters, headers=headers)
    return call(f"account/{verb}_number_series", event)
