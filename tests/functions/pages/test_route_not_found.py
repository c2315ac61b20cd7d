import re

import pytest

from tests.http import Response, call, request
from tools.openapi import NO_PATH, operations

METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")
ROUTED = [item.app for item in operations() if item.app.path != NO_PATH]
PATHS = sorted({app.path for app in ROUTED})

pytestmark = pytest.mark.usefixtures("aws")


def ask(method: str, path: str) -> Response:
    return call("pages/route_not_found", request(method, path))


@pytest.mark.parametrize(
    "path",
    [
        "/no/such/thing",
        "",
        "/invoices/",
        "/invoices//send",
        "//invoices",
        "/invoices/a/b/c",
        "/Invoices",
        "/{token}",
    ],
)
@pytest.mark.parametrize("method", ["DELETE", "OPTIONS"])
def test_every_other_path_is_a_404_in_the_contracts_form(method: str, path: str) -> None:
    answer = ask(method, path)
    assert answer.status == 404
    assert (answer.error["type"], answer.error["code"]) == ("not_found_error", "ROUTE_NOT_FOUND")
    assert f"{method} /v1/invoicing{path}" in answer.error["message"]
    assert "Allow" not in answer.headers


def test_a_path_outside_of_the_base_path_is_a_404() -> None:
    event = request("PUT", "/invoices")
    for path in ("/invoices", "/v2/invoicing/invoices", "/v1/invoicing"):
        event["rawPath"] = path
        assert call("pages/route_not_found", event).status == 404


@pytest.mark.parametrize("path", PATHS)
def test_another_method_of_a_known_path_is_a_405_that_names_those_it_has(path: str) -> None:
    routed = {method for app in ROUTED for method in app.methods if _takes(app.path, path)}
    for method in set(METHODS) - routed:
        answer = ask(method, re.sub(r"{\w+}", "id-1", path))
        assert answer.status == 405, method
        assert answer.headers["Allow"] == ", ".join(sorted(routed))
        if method == "HEAD":
            assert answer.body == b""
        else:
            assert (answer.error["type"], answer.error["code"]) == ("invalid_request_error", "METHOD_NOT_ALLOWED")


def _takes(route: str, path: str) -> bool:
    """Whether a route takes a path of another one, such as ``/invoices/{id}`` that of ``/invoices/calculate``."""
    return bool(re.fullmatch(re.sub(r"{\w+}", "[^/]+", route), path))
