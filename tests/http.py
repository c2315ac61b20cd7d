"""Calls handlers as API Gateway does."""

import base64
import importlib.util
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from invoicing import exact_json
from invoicing.api.app import ApiApp
from invoicing.api.request import BASE_PATH
from tests.examples import TIMES
from tests.template import ROOT
from tools.openapi import FILE, NO_PATH
from tools.openapi_errors import errors_of

HOST = "api.example.com"

Handler = Callable[[dict[str, Any], object], Any]


@dataclass(frozen=True)
class Response:
    """What a client receives."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON with exact decimals."""
        return exact_json.loads(self.body)

    @property
    def data(self) -> Any:
        """The ``data`` member of the body."""
        return self.json["data"]

    @property
    def error(self) -> Any:
        """The ``error`` member of the body."""
        return self.json["error"]


def load_handler(file: str) -> Handler:
    """The handler of a file such as ``invoices/create_invoice``, freshly loaded as in a cold start."""
    module = load_module(file)
    handler: Handler = module.handler
    return handler


def load_module(file: str) -> Any:
    """The module of a handler."""
    path = ROOT / "functions" / f"{file}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(file: str, event: dict[str, Any]) -> Response:
    """What the handler of a file answers to an event."""
    return call_handler(load_handler(file), event)


def call_handler(handler: Handler, event: dict[str, Any]) -> Response:
    """What a handler answers to an event: a response that docs/openapi.json has.

    Several calls of one handler are a warm function's.
    """
    answer = handler(event, None)
    if isinstance(handler, ApiApp) and handler.path != NO_PATH:
        given = (answer["statusCode"], answer["headers"].get("Content-Type", "").partition(";")[0])
        assert given in _declared(handler), f"{handler.method} {handler.path} does not declare {given}"
    body = answer["body"].encode()
    response = Response(
        status=answer["statusCode"],
        headers=answer["headers"],
        body=base64.b64decode(body, validate=True) if answer["isBase64Encoded"] else body,
    )
    if TIMES > 1 and isinstance(handler, ApiApp) and "fields=" not in event.get("rawQueryString", ""):
        assert list(mismatches(handler, response)) == []
    return response


@cache
def _declared(app: ApiApp[Any]) -> set[tuple[int, str]]:
    """Every status of an operation with each media type that docs/openapi.json says of it."""
    types = {
        (status, kind if isinstance(kind, str) else "application/json" if kind else "")
        for status, kinds in app.declared.get("answers", {}).items()
        for kind in (kinds if isinstance(kinds, tuple) else (kinds,))
    }
    return types | {
        (int(status), "text/html" if app.error_page else "application/json") for status, _ in errors_of(app)
    }


def mismatches(app: ApiApp[Any], response: Response) -> Iterator[str]:
    """Where the body of a response breaks its schema; every test looks at night, as that takes some milliseconds."""
    if app.path == NO_PATH or not response.body or response.headers.get("Content-Type") != "application/json":
        return
    if "Content-Encoding" in response.headers:
        return
    for error in _validator(app.method.lower(), app.path, str(response.status)).iter_errors(response.json):
        yield f"{error.json_path}: {error.message}"


@cache
def _validator(method: str, path: str, status: str) -> Draft202012Validator:
    content = _content()
    described = content["paths"][path][method]["responses"][status]
    if reference := described.get("$ref"):
        described = content["components"]["responses"][reference.rpartition("/")[2]]
    schema = described["content"]["application/json"]["schema"]
    return Draft202012Validator({"components": content["components"], **schema})


@cache
def _content() -> Any:
    return json.loads(FILE.read_text())


def request(
    method: str,
    path: str,
    body: Any = None,
    *,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The event of a request (HTTP API, payload format 2.0).

    ``path`` is below the base path and may have a query; ``parameters`` are those of the route. A body of bytes
    comes as base64, text as it is, and anything else as JSON.
    """
    path, _, query = (BASE_PATH + path).partition("?")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": _headers(headers or {}, key),
        "requestContext": _context(method, path),
        "isBase64Encoded": isinstance(body, bytes),
    }
    if query:
        event["queryStringParameters"] = _query_parameters(query)
    if parameters:
        event["pathParameters"] = dict(parameters)
    if body is not None:
        event["body"] = _text(body)
    return event


def a_key(mode: str = "test", **wishes: str) -> str:
    """The key of a new account; ``wishes`` are fields of `CreateAccountInput`."""
    account = {"name": "Sample Ltd", "mode": mode} | wishes
    return str(load_handler("account/create_account")(account, None)["api_key"])


def _headers(given: Mapping[str, str], key: str | None) -> dict[str, str]:
    headers = {"host": HOST, "content-type": "application/json", "user-agent": "tests", "accept": "*/*"}
    if key:
        headers["authorization"] = f"Bearer {key}"
    return headers | {name.lower(): value for name, value in given.items()}


def _context(method: str, path: str) -> dict[str, Any]:
    return {
        "accountId": "123456789012",
        "apiId": "api",
        "domainName": HOST,
        "domainPrefix": "api",
        "http": {
            "method": method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "tests",
        },
        "requestId": "JKJaXmPLvHcESHA=",
        "routeKey": f"{method} {path}",
        "stage": "$default",
        "time": "01/Mar/2025:09:30:00 +0000",
        "timeEpoch": 1740821400000,
    }


def _query_parameters(query: str) -> dict[str, str]:
    """API Gateway joins the values of a name that is given several times."""
    values: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values[name] = f"{values[name]},{value}" if name in values else value
    return values


def _text(body: Any) -> str:
    if isinstance(body, bytes):
        return base64.b64encode(body).decode()
    return body if isinstance(body, str) else exact_json.dumps(body).decode()
