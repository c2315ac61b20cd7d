"""Every route asks for a key, but for the pages listed here."""

from typing import Any

from invoicing.domain.access.caller import SCOPES
from invoicing.domain.access.resources import RESOURCES
from tests.aws import Aws
from tests.http import Handler, call_handler, request
from tools.openapi import operations

PUBLIC = {
    "pages/download_hosted_document",
    "pages/download_invoice",
    "pages/download_portal_credit_note",
    "pages/download_portal_invoice",
    "pages/download_portal_receipt",
    "pages/download_portal_statement",
    "pages/health",
    "pages/request_portal_link",
    "pages/route_not_found",
    "pages/view_dashboard",
    "pages/view_invoice",
    "pages/view_portal",
    "pages/view_portal_invoice",
    "reference/download_docs_script",
    "reference/download_openapi",
    "reference/open_docs",
    "reference/view_docs",
}


def asks_for_key(handler: Handler, method: str, path: str) -> bool:
    """Whether a request without a key is refused before anything is looked at."""
    answer = call_handler(handler, request(method, path, "not JSON"))
    return answer.status == 401 and answer.error["code"] == "missing_api_key"


def test_every_route_but_public_pages_asks_for_a_key(aws: Aws) -> None:
    open_doors = {
        operation.file
        for operation in operations()
        if operation.file not in PUBLIC and not asks_for_key(operation.app, operation.app.method, operation.app.path)
    }
    assert open_doors == set()


def test_public_pages_are_those_listed_here() -> None:
    assert {operation.file for operation in operations() if operation.app.scope is None} == PUBLIC


def test_scopes_name_the_resource_and_whether_it_is_changed() -> None:
    """Only a preview, which changes nothing, is read with POST, as it has a body."""
    for operation in operations():
        if operation.app.scope is not None:
            changes = operation.app.method != "GET" and not operation.file.rpartition("/")[2].startswith("preview_")
            verb = "write" if changes else "read"
            assert operation.app.scope == f"{operation.tag}:{verb}", operation.file


def test_scopes_that_keys_can_have_are_those_that_operations_ask_for() -> None:
    asked = {operation.app.scope for operation in operations() if operation.app.scope}
    assert asked <= SCOPES
    assert {scope.partition(":")[0] for scope in asked} == set(RESOURCES)


def test_an_open_door_is_noticed() -> None:
    def open_handler(event: dict[str, Any], context: object) -> Any:
        return {"statusCode": 200, "headers": {}, "body": "{}", "isBase64Encoded": False}

    assert not asks_for_key(open_handler, "GET", "/customers")
