"""Writes docs/openapi.json from the handlers; with --check it only says whether the file is current.

Paths, scopes and bodies are what each handler's `api(...)` says, its words are the docstrings, errors are those of
invoicing/api/errors.py, and headers follow from what the operation does.
"""

import argparse
import importlib.util
import inspect
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_origin

sys.path.extend(str(Path(__file__).resolve().parent.parent / "layers" / layer) for layer in ("core", "documents"))

from invoicing.api.app import ApiApp
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
from tools.openapi_schemas import Object, Schemas, markdown, schemas_of

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "openapi.json"
NO_PATH = "$default"
"""The route of everything that has none; it has no place in the document."""


@dataclass(frozen=True)
class Operation:
    """One HTTP operation: ``file`` is its handler's, such as ``invoices/send_invoice``."""

    file: str
    app: ApiApp[Any]
    summary: str

    @property
    def id(self) -> str:
        return self.file.partition("/")[2]

    @property
    def tag(self) -> str:
        return self.file.partition("/")[0]

    def reads(self, attribute: str) -> bool:
        """Whether the handler's code names an attribute, such as ``if_version``."""
        return attribute in inspect.unwrap(self.app).__code__.co_names


def operations() -> list[Operation]:
    """Every HTTP operation under functions/, by path."""
    found = [operation for path in (ROOT / "functions").glob("*/*.py") if (operation := _operation(path))]
    return sorted(found, key=lambda operation: (operation.app.path, operation.app.method))


def document(found: list[Operation]) -> Object:
    """The OpenAPI document of some operations."""
    bodies = [operation.app.body for operation in found if operation.app.body]
    answers = [kind for operation in found for answer in operation.app.answers.values() for kind in _kinds(answer)]
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
    if not isinstance(module.handler, ApiApp):
        return None
    summary = inspect.getdoc(module) or ""
    summary = summary.splitlines()[0].partition(": ")[2].removesuffix(".")
    return Operation(f"{path.parent.name}/{path.stem}", module.handler, summary[:1].upper() + summary[1:])


# ──────────────────────────────────────────── Operations ────────────────────────────────────────────


def _describe(operation: Operation, schemas: Schemas) -> Object:
    app = operation.app
    described: Object = {"operationId": operation.id, "tags": [operation.tag], "summary": operation.summary}
    described["security"] = [{"apiKey": [app.scope]}] if app.scope else []
    if parameters := list(_parameters(operation)):
        described["parameters"] = parameters
    if app.body:
        described["requestBody"] = {
            "required": any(field.is_required() for field in app.body.model_fields.values()),
            "content": {"application/json": {"schema": schemas.of[app.body]}},
        }
    answers = {str(status): _answer(operation, status, answer, schemas) for status, answer in app.answers.items()}
    described["responses"] = answers | dict(sorted(_errors(operation)))
    return described


def _parameters(operation: Operation) -> Iterator[Object]:
    for name in re.findall(r"{(\w+)}", operation.app.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    if operation.app.lists:
        yield from list_parameters(operation.app.lists)
    yield from query_parameters(operation.app.query)
    yield _ref("parameters", "X-Request-ID")
    if operation.app.scope and operation.app.method == "POST":
        yield _ref("parameters", "Idempotency-Key")
    if operation.reads("if_version"):
        yield _ref("parameters", "If-Match")


def _answer(operation: Operation, status: int, answer: Any, schemas: Schemas) -> Object:
    app = operation.app
    headers = [*words.EVERYWHERE]
    if status == HTTPStatus.CREATED or HTTPStatus(status).is_redirection:
        headers.append("Location")
    if operation.reads("version"):
        headers.append("ETag")
    if app.scope and app.method == "POST":
        headers.append("Idempotent-Replayed")
    content = dict(_content(kind, schemas) for kind in _kinds(answer))
    described: Object = {
        "description": inspect.getdoc(app) or "",
        "headers": {name: _ref("headers", name) for name in headers},
    }
    return described | ({"content": content} if content else {})


def _kinds(answer: Any) -> tuple[Any, ...]:
    return answer if isinstance(answer, tuple) else () if answer is None else (answer,)


def _content(kind: Any, schemas: Schemas) -> tuple[str, Object]:
    """A media type and what is in it: a page or file, or the envelope around a type."""
    if isinstance(kind, str):
        return kind, {"schema": {"type": "string"}} if kind.startswith("text/") else {}
    envelope = {
        "type": "object",
        "required": ["data", "meta", "links"],
        "properties": {
            "data": schemas.of[kind],
            "meta": _ref("schemas", "ListMeta" if get_origin(kind) is list else "Meta"),
            "links": _ref("schemas", "Links"),
        },
    }
    return "application/json", {"schema": envelope}


# ────────────────────────────────────────────── Errors ──────────────────────────────────────────────


def _errors(operation: Operation) -> Iterator[tuple[str, Object]]:
    if operation.app.error_page:
        page = {"text/html": {"schema": {"type": "string"}}}
        for status in (404, 500, 503):
            yield str(status), {"description": f"{HTTPStatus(status).phrase}, as a page.", "content": page}
        return
    for error in _possible(operation):
        yield str(STATUS[error][0]), _ref("responses", error.__name__)
    yield str(INTERNAL[0]), _ref("responses", "InternalError")


def _possible(operation: Operation) -> set[type[InvoicingError]]:
    app = operation.app
    possible: set[type[InvoicingError]] = {Unavailable}
    if app.scope:
        possible |= {Unauthenticated, PermissionDenied, RateLimited}
    if "{" in app.path:
        possible.add(NotFound)
    if app.lists or app.query:
        possible.add(InvalidRequest)
    if app.body:
        possible |= {InvalidRequest, RequestTooLarge, ValidationFailed}
    if app.scope and app.method == "POST":
        possible |= {InvalidRequest, RequestTooLarge}  # of the idempotency key, and of what it is compared with
    if app.method in {"POST", "PUT", "PATCH", "DELETE"}:
        possible.add(Conflict)
    if operation.reads("if_version"):
        possible.add(PreconditionFailed)
    return possible


def _error_responses() -> Object:
    responses = {
        error.__name__: _error_response(status, kind, re.sub(r" \(\d+\)", "", inspect.getdoc(error) or ""))
        for error, (status, kind) in STATUS.items()
    }
    return responses | {"InternalError": _error_response(*INTERNAL, internal_error()["message"])}


def _error_response(status: int, kind: str, words_of_it: str) -> Object:
    headers = [*words.EVERYWHERE]
    if status in {429, 503}:
        headers.append("Retry-After")
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append("WWW-Authenticate")
    return {
        "description": f"`{kind}`: {markdown(words_of_it)}",
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
