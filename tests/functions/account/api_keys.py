"""Requests about API keys."""

from typing import Any

from tests.http import Response, call, request

PATH = "/account/api-keys"


def create(key: str, *scopes: str, headers: Any = None, **wishes: Any) -> Response:
    body = {"name": "Shop", "scopes": list(scopes)} | wishes
    return call("account/create_api_key", request("POST", PATH, body, key=key, headers=headers))


def listed(key: str, query: str = "") -> Response:
    return call("account/list_api_keys", request("GET", PATH + query, key=key))


def keys_of(key: str) -> Any:
    return listed(key).data


def revoke(key: str, key_id: str) -> Response:
    event = request("DELETE", f"{PATH}/{key_id}", key=key, parameters={"key_id": key_id})
    return call("account/revoke_api_key", event)


def rotate(key: str, key_id: str, body: Any = None, headers: Any = None) -> Response:
    path = f"{PATH}/{key_id}/rotate"
    event = request("POST", path, {} if body is None else body, key=key, headers=headers, parameters={"key_id": key_id})
    return call("account/rotate_api_key", event)


def status_with(key: str) -> int:
    """Whether a key opens the door."""
    return call(
        "customers/get_customer", request("GET", "/customers/x", key=key, parameters={"customer_id": "x"})
    ).status
