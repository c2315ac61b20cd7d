"""The errors of docs/openapi.json: those that an operation declares, and those that follow from its frame."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from invoicing.api.app import ApiApp
from invoicing.api.errors import INTERNAL, STATUS, internal_error
from invoicing.domain.errors import (
    Conflict,
    InvalidRequest,
    InvoicingError,
    NotFound,
    PermissionDenied,
    PreconditionFailed,
    RateLimited,
    RequestTooLarge,
    Unauthenticated,
    Unavailable,
    ValidationFailed,
)
from tools import openapi_words as words
from tools.openapi_schemas import Object

RESPONSE = {status: error.__name__ for error, (status, _) in reversed(STATUS.items())}
"""The name of the response of each status: that of the first kind of error that has it."""


def takes_idempotency_key(app: ApiApp[Any]) -> bool:
    """Whether an ``Idempotency-Key`` has an effect."""
    return app.method == "POST" and app.scope is not None


def errors_of(app: ApiApp[Any]) -> Iterator[tuple[str, Object]]:
    """Yield status and response of each error of an operation."""
    if app.error_page:
        page = {"text/html": {"schema": {"type": "string"}}}
        for status in sorted({404, 500, 503} | app.declared.get("errors", {}).keys()):
            yield str(status), {"description": f"{HTTPStatus(status).phrase}, as a page.", "content": page}
        return
    declared = app.declared.get("errors", {})
    for status in {STATUS[error][0] for error in _possible(app)} | declared.keys():
        described = {"description": declared[status]} if status in declared else {}
        yield str(status), ref("responses", RESPONSE[status]) | described
    yield str(INTERNAL[0]), ref("responses", "InternalError")


def _possible(app: ApiApp[Any]) -> set[type[InvoicingError]]:
    """What the frame refuses, by what an operation declares."""
    declared = app.declared
    possible: set[type[InvoicingError]] = set()
    if app.scope:
        # What the key is for may be gone, too: its account.
        possible |= {Unauthenticated, PermissionDenied, RateLimited, Unavailable, NotFound}
        if app.method != "GET":
            possible.add(Conflict)  # test mode refuses to write while its clock is advanced
    if "{" in app.path:
        possible.add(NotFound)
    if "lists" in declared or "query" in declared:
        possible.add(InvalidRequest)
    if app.body:
        possible |= {InvalidRequest, RequestTooLarge, ValidationFailed}
    if takes_idempotency_key(app):
        # It may be malformed or used before, and the body is read to compare requests.
        possible |= {InvalidRequest, Conflict, RequestTooLarge}
    if declared.get("if_match"):
        possible.add(PreconditionFailed)
    return possible


def error_responses() -> Object:
    responses = {
        error.__name__: _error_response(status, kind, words.ERRORS[error]) for error, (status, kind) in STATUS.items()
    }
    return responses | {"InternalError": _error_response(*INTERNAL, internal_error()["message"])}


def _error_response(status: int, kind: str, words_of_it: str) -> Object:
    headers = [*words.EVERYWHERE]
    if status in {429, 503}:
        headers.append("Retry-After")
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append("Allow")
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append("WWW-Authenticate")
    return {
        "description": f"`{kind}`: {words_of_it}",
        "headers": {name: ref("headers", name) for name in headers},
        "content": {"application/json": {"schema": ref("schemas", "Error")}},
    }


def ref(kind: str, name: str) -> Object:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}
