"""Writes docs/openapi.json from the handlers; with --check it only says whether the file is current.

All that it says of an operation is what its handler declares with `api(...)`, and what follows from that by the rules
of the frame: a body may be no JSON, a key may lack the scope. Words that all operations share are in openapi_words.py.
"""

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_origin

sys.path.extend(str(Path(__file__).resolve().parent.parent / "layers" / layer) for layer in ("core", "documents"))

from invoicing.api.app import ApiApp, Declared
from invoicing.api.envelope import VERSION
from invoicing.api.errors import INTERNAL, STATUS, internal_error
from invoicing.api.request import BASE_PATH
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
from tools.openapi_lists import list_parameters, query_parameters
from tools.openapi_schemas import Object, Schemas, schemas_of

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "openapi.json"
RESPONSE = {status: error.__name__ for error, (status, _) in reversed(STATUS.items())}
"""The name of the response of each status: that of the first kind of error that has it."""

NO_PATH = "$default"
"""The route of everything that has none; it has no place in the document."""


@dataclass(frozen=True)
class Operation:
    """One HTTP operation: ``file`` is its handler's, such as ``invoices/send_invoice``."""

    file: str
    app: ApiApp[Any]

    @property
    def id(self) -> str:
        return self.file.partition("/")[2]

    @property
    def tag(self) -> str:
        return self.file.partition("/")[0]

    @property
    def declared(self) -> Declared[Any]:
        return self.app.declared

    @property
    def answers(self) -> Mapping[int, Any]:
        return self.declared.get("answers", {})

    @property
    def takes_idempotency_key(self) -> bool:
        return self.app.method == "POST" and self.app.scope is not None


def operations() -> list[Operation]:
    """Every HTTP operation under functions/, by path."""
    found = [operation for path in (ROOT / "functions").glob("*/*.py") if (operation := _operation(path))]
    return sorted(found, key=lambda operation: (operation.app.path, operation.app.method))


def document(found: list[Operation]) -> Object:
    """The OpenAPI document of some operations."""
    bodies = [operation.app.body for operation in found if operation.app.body]
    answers = [kind for operation in found for answer in operation.answers.values() for kind in _kinds(answer)]
    answers += [kind for operation in found for kind in operation.declared.get("more_meta", {}).values()]
    schemas = schemas_of(bodies, [kind for kind in answers if not isinstance(kind, str)])
    paths: Object = {}
    for operation in found:
        if operation.app.path != NO_PATH:
            methods = paths.setdefault(operation.app.path, {})
            methods[operation.app.method.lower()] = _describe(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Invoicing API", "version": VERSION, "description": words.DESCRIPTION},
        "servers": [
            {
                "url": f"{{scheme}}://{{host}}{BASE_PATH}",
                "variables": {
                    "scheme": {"default": "https", "enum": ["https", "http"]},
                    "host": {"default": "api.example.com", "description": "Where the API is deployed."},
                },
            }
        ],
        "security": [{"apiKey": []}],
        "tags": [{"name": tag} for tag in sorted({item.tag for item in found if item.app.path != NO_PATH})],
        "paths": paths,
        "components": {
            "schemas": dict(sorted((schemas.components | words.SCHEMAS).items())),
            "responses": _error_responses(),
            "parameters": words.PARAMETERS,
            "headers": words.HEADERS,
            "securitySchemes": {"apiKey": words.SECURITY_SCHEME},
        },
    }


def _operation(path: Path) -> Operation | None:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    file = f"{path.parent.name}/{path.stem}"
    return Operation(file, module.handler) if isinstance(module.handler, ApiApp) else None


# ──────────────────────────────────────────── Operations ────────────────────────────────────────────


def _describe(operation: Operation, schemas: Schemas) -> Object:
    app = operation.app
    described: Object = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.declared["summary"],
        "description": operation.declared["description"],
    }
    described["security"] = [{"apiKey": [app.scope]}] if app.scope else []
    if parameters := list(_parameters(operation)):
        described["parameters"] = parameters
    if app.body:
        described["requestBody"] = {
            "required": any(field.is_required() for field in app.body.model_fields.values()),
            "content": {"application/json": {"schema": schemas.of[app.body]}},
        }
    answers = {str(status): _answer(operation, status, answer, schemas) for status, answer in operation.answers.items()}
    described["responses"] = answers | dict(sorted(_errors(operation)))
    return described


def _parameters(operation: Operation) -> Iterator[Object]:
    for name in re.findall(r"{(\w+)}", operation.app.path):
        description = words.path_parameter(name)
        yield {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}
    if lists := operation.declared.get("lists"):
        yield from list_parameters(lists)
    yield from query_parameters(operation.declared.get("query", {}))
    yield _ref("parameters", "X-Request-ID")
    if operation.takes_idempotency_key:
        yield _ref("parameters", "Idempotency-Key")
    if operation.declared.get("if_match"):
        yield _ref("parameters", "If-Match")


def _answer(operation: Operation, status: int, answer: Any, schemas: Schemas) -> Object:
    headers = [*words.EVERYWHERE]
    if status == HTTPStatus.CREATED or HTTPStatus(status).is_redirection:
        headers.append("Location")
    if operation.declared.get("etag"):
        headers.append("ETag")
    if operation.takes_idempotency_key:
        headers.append("Idempotent-Replayed")
    content = dict(_content(kind, operation, schemas) for kind in _kinds(answer))
    described: Object = {
        "description": words.RESPONSES[status],
        "headers": {name: _ref("headers", name) for name in headers},
    }
    return described | ({"content": content} if content else {})


def _kinds(answer: Any) -> tuple[Any, ...]:
    return answer if isinstance(answer, tuple) else () if answer is None else (answer,)


def _content(kind: Any, operation: Operation, schemas: Schemas) -> tuple[str, Object]:
    """A media type and what is in it: a page or file, or the envelope around a type."""
    if isinstance(kind, str):
        return kind, {"schema": {"type": "string"}} if kind.startswith("text/") else {}
    envelope = {
        "type": "object",
        "required": ["data", "meta", "links"],
        "properties": {
            "data": schemas.of[kind],
            "meta": _meta(kind, operation, schemas),
            "links": _ref("schemas", "Links"),
        },
    }
    return "application/json", {"schema": envelope}


def _meta(kind: Any, operation: Operation, schemas: Schemas) -> Object:
    name = "Meta"
    if get_origin(kind) is list:
        name = "CursorMeta" if operation.declared.get("by_cursor") else "ListMeta"
    usual, more = _ref("schemas", name), operation.declared.get("more_meta")
    if not more:
        return usual
    members = {member: schemas.of[kind] for member, kind in more.items()}
    return {"allOf": [usual, {"type": "object", "required": list(members), "properties": members}]}


# ────────────────────────────────────────────── Errors ──────────────────────────────────────────────


def _errors(operation: Operation) -> Iterator[tuple[str, Object]]:
    if operation.app.error_page:
        page = {"text/html": {"schema": {"type": "string"}}}
        for status in (404, 500, 503):
            yield str(status), {"description": f"{HTTPStatus(status).phrase}, as a page.", "content": page}
        return
    declared = operation.declared.get("errors", {})
    for status in {STATUS[error][0] for error in _possible(operation)} | declared.keys():
        described = {"description": declared[status]} if status in declared else {}
        yield str(status), _ref("responses", RESPONSE[status]) | described
    yield str(INTERNAL[0]), _ref("responses", "InternalError")


def _possible(operation: Operation) -> set[type[InvoicingError]]:
    """What the frame refuses, by what an operation declares."""
    app, declared = operation.app, operation.declared
    possible: set[type[InvoicingError]] = set()
    if app.scope:
        possible |= {Unauthenticated, PermissionDenied, RateLimited, Unavailable}
    if "{" in app.path:
        possible.add(NotFound)
    if "lists" in declared or "query" in declared:
        possible.add(InvalidRequest)
    if app.body:
        possible |= {InvalidRequest, RequestTooLarge, ValidationFailed}
    if operation.takes_idempotency_key:
        # It may be malformed or used before, and the body is read to compare requests.
        possible |= {InvalidRequest, Conflict, RequestTooLarge}
    if declared.get("if_match"):
        possible.add(PreconditionFailed)
    return possible


def _error_responses() -> Object:
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
        "headers": {name: _ref("headers", name) for name in headers},
        "content": {"application/json": {"schema": _ref("schemas", "Error")}},
    }


def _ref(kind: str, name: str) -> Object:
    return {"$ref": f"#/components/{kind}/{name}"}


def text() -> str:
    """The file as it should be."""
    return json.dumps(document(operations()), indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file is stale")
    if not arguments.parse_args().check:
        FILE.write_text(text())
    elif not FILE.exists() or FILE.read_text() != text():
        print("error: docs/openapi.json is stale: run python -m tools.openapi", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
