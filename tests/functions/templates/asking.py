"""Requests about templates."""

from typing import Any

from tests.http import Response, call, request


def create(key: str, **fields: Any) -> Response:
    body = {"name": "Letterhead"} | fields
    return call("templates/create_template", request("POST", "/templates", body, key=key))


def on(key: str, method: str, verb: str, template_id: str, body: Any = None, **headers: str) -> Response:
    path = f"/templates/{template_id}" + ("/default" if verb == "set_default" else "")
    event = request(method, path, body, key=key, parameters={"template_id": template_id}, headers=headers)
    return call(f"templates/{verb}_template", event)


def change(key: str, template_id: str, **fields: Any) -> Response:
    return on(key, "PATCH", "update", template_id, fields)


def make_default(key: str, template_id: str) -> Response:
    return on(key, "POST", "set_default", template_id)
