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
from typing import Any

sys.path.extend(str(Path(__file__).resolve().parent.parent / "layers" / layer) for layer in ("core", "documents"))

from invoicing.api.app import ApiApp, Declared
from invoicing.api.envelope import VERSION
from invoicing.domain.events.registry import event_types
from tools import openapi_words as words
from tools.openapi_envelope import envelope_of
from tools.openapi_errors import error_responses, errors_of, ref, takes_idempotency_key
from tools.openapi_fields import described as with_meanings
from tools.openapi_fields import meanings
from tools.openapi_links import link_schemas, with_links
from tools.openapi_lists import list_parameters, query_parameters
from tools.openapi_schemas import Object, Schemas, pruned, schemas_of
from tools.openapi_webhooks import SCHEMAS as OF_WEBHOOKS
from tools.openapi_webhooks import parameters as webhook_parameters
from tools.openapi_webhooks import summary_of, webhooks

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "openapi.json"
SERVED = ROOT / "functions" / "reference" / "openapi.json"
"""The same file, where the function that serves it finds it."""
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


def operations() -> list[Operation]:
    """Every HTTP operation under functions/, by path."""
    found = [operation for path in (ROOT / "functions").glob("*/*.py") if (operation := _operation(path))]
    return sorted(found, key=lambda operation: (operation.app.path, operation.app.method))


def document(found: list[Operation]) -> Object:
    """The OpenAPI document of some operations."""
    schemas = _schemas_of(found)
    paths: Object = {}
    for operation in found:
        if operation.app.path != NO_PATH:
            methods = paths.setdefault(operation.app.path, {})
            methods[operation.app.method.lower()] = _describe(operation, schemas)
    linked = {each.id: (each.declared["summary"], each.app.method, each.app.path) for each in found}
    shared = schemas.components | words.SCHEMAS | link_schemas(linked) | OF_WEBHOOKS
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": "Invoicing API",
            "version": VERSION,
            "description": words.DESCRIPTION,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [words.SERVER],
        "security": [{"apiKey": []}],
        "tags": [
            {"name": tag, "x-displayName": tag.replace("_", " ").capitalize()}
            | {"description": meanings().get((f"#{tag}", ""), "")}
            for tag in sorted({item.tag for item in found if item.app.path != NO_PATH})
        ],
        "paths": paths,
        "webhooks": webhooks(schemas.of),
        "components": {
            "schemas": dict(sorted((name, with_meanings(name, schema)) for name, schema in shared.items())),
            "responses": error_responses(),
            "parameters": words.PARAMETERS | webhook_parameters(),
            "headers": words.HEADERS,
            "securitySchemes": {"apiKey": words.SECURITY_SCHEME},
        },
    }
    return with_links(pruned(whole))


def _schemas_of(found: list[Operation]) -> Schemas:
    """The schemas of all bodies, responses and summaries of events."""
    bodies = [operation.app.body for operation in found if operation.app.body]
    answers = [kind for operation in found for answer in operation.answers.values() for kind in _kinds(answer)]
    answers += [kind for operation in found for kind in operation.declared.get("more_meta", {}).values()]
    answers += [expands.expander.Expanded for operation in found if (expands := operation.declared.get("expands"))]
    answers += map(summary_of, event_types().values())
    return schemas_of(bodies, [kind for kind in answers if not isinstance(kind, str)])


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
            "description": "The body, as JSON.",
            "required": any(field.is_required() for field in app.body.model_fields.values()),
            "content": {"application/json": {"schema": schemas.of[app.body]} | _example(operation)},
        }
    answers = {str(status): _answer(operation, status, answer, schemas) for status, answer in operation.answers.items()}
    described["responses"] = answers | dict(sorted(errors_of(operation.app)))
    return described


def _example(operation: Operation) -> Object:
    """The body of the sample event, where it has one."""
    sample = ROOT / "events" / f"{operation.file}.json"
    body = json.loads(sample.read_text()).get("body") if sample.exists() else None
    return {"example": json.loads(body)} if body else {}


def _parameters(operation: Operation) -> Iterator[Object]:
    for name in re.findall(r"{(\w+)}", operation.app.path):
        description = words.path_parameter(name)
        yield {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}
    if lists := operation.declared.get("lists"):
        yield from list_parameters(lists)
    yield from query_parameters(operation.declared.get("query", {}))
    yield ref("parameters", "X-Request-ID")
    if takes_idempotency_key(operation.app):
        yield ref("parameters", "Idempotency-Key")
    if operation.declared.get("if_match"):
        yield ref("parameters", "If-Match")


def _answer(operation: Operation, status: int, answer: Any, schemas: Schemas) -> Object:
    headers = [*words.EVERYWHERE]
    if status == HTTPStatus.CREATED or HTTPStatus(status).is_redirection:
        headers.append("Location")
    if operation.declared.get("etag"):
        headers.append("ETag")
    if takes_idempotency_key(operation.app):
        headers.append("Idempotent-Replayed")
    content = dict(_content(kind, operation, schemas) for kind in _kinds(answer))
    described: Object = {
        "description": words.RESPONSES[status],
        "headers": {name: ref("headers", name) for name in headers},
    }
    return described | ({"content": content} if content else {})


def _kinds(answer: Any) -> tuple[Any, ...]:
    return answer if isinstance(answer, tuple) else () if answer is None else (answer,)


def _content(kind: Any, operation: Operation, schemas: Schemas) -> tuple[str, Object]:
    """A media type and what is in it: a page or file, or the envelope around a type."""
    if kind == "application/json":
        return kind, {"schema": {"type": "object", "additionalProperties": True}}
    if isinstance(kind, str):
        return kind, {"schema": {"type": "string"}} if kind.startswith("text/") else {}
    return "application/json", {"schema": envelope_of(kind, operation.declared, schemas)}


def text() -> str:
    """The file as it should be."""
    return json.dumps(document(operations()), indent=2, ensure_ascii=False) + "\n"


def is_current() -> bool:
    """Whether both files are as they should be."""
    return all(file.exists() and file.read_text() == text() for file in (FILE, SERVED))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file is stale")
    if not arguments.parse_args().check:
        for file in (FILE, SERVED):
            file.write_text(text())
    elif not is_current():
        print("error: docs/openapi.json is stale: run python -m tools.openapi", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
