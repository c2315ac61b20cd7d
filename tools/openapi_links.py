"""The links of docs/openapi.json: the schemas of ``links`` in responses, and OpenAPI's links between operations.

A row of the tables in tools/openapi_links/ is ``schema|link|operation|when``: which operation a link of a response is
for. ``when`` is ``null`` where the link can be null, and ``some`` where only some responses have it.

OpenAPI's links follow from the paths: who creates or reads an invoice has the id with which all operations under
``/invoices/{invoice_id}`` are called.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Object = dict[str, Any]

TABLES = Path(__file__).resolve().parent / "openapi_links"
AS = {
    "ExportWithFile": "Export",
    "HostedLink": "Invoice",
    "ImportWithErrors": "Import",
    "Refund": "Payment",
    "SentInvoice": "Invoice",
    "VoidedInvoice": "Invoice",
    "WebhookReplay": "WebhookDelivery",
    "WebhookWithSecret": "Webhook",
}
"""Responses with the same links as those of another schema."""

_URI = {"type": "string", "format": "uri"}
_URI_OR_NULL = {"type": ["string", "null"], "format": "uri"}
_RESOURCE = "What belongs to the resource, and what can be done with it now; links can be added."
_SELF = {"description": "The resource itself."} | _URI
_PAGES = {
    "self": {"description": "This page."} | _URI,
    "first": {"description": "The first page."} | _URI,
    "last": {"description": "The last page; null where its number is unknown or too high."} | _URI_OR_NULL,
    "next": {"description": "The next page; null on the last one."} | _URI_OR_NULL,
    "prev": {"description": "The page before; null on the first one."} | _URI_OR_NULL,
}


@cache
def rows() -> tuple[tuple[str, str, str, str], ...]:
    """Return schema, link, operation and when of each row of each table; `ValueError` if one has not four cells."""
    found = []
    for table in sorted(TABLES.glob("*.psv")):
        for row in table.read_text().splitlines():
            schema, link, operation, when = row.split("|")
            found.append((schema, link, operation, when))
    return tuple(found)


def links_of(base: str, kind: str) -> str:
    """Return the name of the schema of the links of a response with ``base``: a ``List``, a ``Log`` or one of it."""
    if kind == "List":
        return "PageLinks"
    own = base + "Log" if kind == "Log" else AS.get(base, base)
    return f"{own}Links" if any(own == schema for schema, *_ in rows()) else "Links"


def link_schemas(operations: Mapping[str, tuple[str, str, str]]) -> Object:
    """Return the schemas of the links of responses; ``operations`` has summary, method and path by operation."""
    schemas = {
        "Links": _schema(_RESOURCE, {"self": _SELF}, ["self"]),
        "PageLinks": _schema("The pages of a list.", _PAGES, list(_PAGES)),
    }
    for name in dict.fromkeys(schema for schema, *_ in rows()):
        own = [row[1:] for row in rows() if row[0] == name]
        found = {"self": _SELF} | {link: _link(operations.get(operation), when) for link, operation, when in own}
        optional = {link for link, _, when in own if when == "some"}
        schemas[f"{name}Links"] = _schema(_RESOURCE, found, [link for link in found if link not in optional])
    return schemas


def _schema(description: str, links: Object, required: list[str]) -> Object:
    return {"description": description, "type": "object", "required": required, "properties": links}


def _link(operation: tuple[str, str, str] | None, when: str) -> Object:
    if operation is None:
        return {"description": "It has no address of its own."} | _URI_OR_NULL
    summary, method, path = operation
    no_value = "Null where there is none." if method == "GET" else "Null while it is not possible."
    words = {"null": f" {no_value}", "some": " Left out unless the request made or used it."}.get(when, "")
    return {"description": f"{summary}: `{method} {path}`.{words}"} | (_URI_OR_NULL if when else _URI)


# ──────────────────────────────── OpenAPI's links between operations ────────────────────────────────

_DATA_ID = "$response.body#/data/id"
_FIRST_ID = "$response.body#/data/0/id"
_NAMES = re.compile(r"{(\w+)}")

Found = Iterator[tuple[str, str, Mapping[str, str]]]
"""Operation, suffix of the link's name among the components, and the operation's parameters."""


@dataclass(frozen=True)
class _Operation:
    """An operation; ``schema`` is that of its resource, or of the items of its list."""

    id: str
    method: str
    path: str
    summary: str
    filters: frozenset[str]
    schema: str
    is_list: bool
    fields: frozenset[str]

    @property
    def names(self) -> list[str]:
        return _NAMES.findall(self.path)

    @property
    def collection(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def reads_item(self) -> bool:
        return self.method == "get" and self.path.endswith("}") and bool(self.schema) and not self.is_list

    def is_item_of(self, source: "_Operation") -> bool:
        """Whether this reads what the source responds with."""
        return self.reads_item and (self.schema == source.schema or self.collection == source.path)


def with_links(document: Object) -> Object:
    """Return a document in which the responses lead to what can be done with their resource."""
    found = [
        _operation(document, path, method, described)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    ]
    by_id = {operation.id: operation for operation in found}
    shared: Object = {}
    for source in found:
        links: Object = {}
        for target, suffix, parameters in _links_from(source, found):
            link = {"operationId": target, "description": f"{by_id[target].summary}.", "parameters": dict(parameters)}
            if target not in links and shared.setdefault(target + suffix, link) != link:
                raise ValueError(f"two links would be {target}{suffix}")
            links.setdefault(target, {"$ref": f"#/components/links/{target}{suffix}"})
        if links:
            _success(document["paths"][source.path][source.method])["links"] = dict(sorted(links.items()))
    return document | {"components": document["components"] | {"links": dict(sorted(shared.items()))}}


def _links_from(source: _Operation, found: list[_Operation]) -> Found:
    """Yield the links of a response: with its own id or that of its first item, and with ids that it names."""
    if not source.schema:
        return
    given = {name: f"$request.path.{name}" for name in source.names}
    items = [each for each in found if each.is_item_of(source)]
    for own in dict.fromkeys(item.names[-1] for item in items):
        if source.is_list:
            yield from _links_with(given | {own: _FIRST_ID}, own, items, "_from_list")
        else:
            others = [each for each in found if each != source]
            yield from _links_with(given | {own: _DATA_ID}, own, others, "")
            yield from _filtered_lists(own, found)
    readers = [each for each in found if each.reads_item and len(each.names) == 1 and each != source]
    if not source.is_list:
        for name in sorted(source.fields):
            yield from _links_with({name: f"$response.body#/data/{name}"}, name, readers, f"_by_{name}")
    for name in given:
        yield from _links_with(given, name, readers, "_from_path")


def _links_with(known: Mapping[str, str], own: str, targets: list[_Operation], suffix: str) -> Found:
    """Yield links to those of ``targets`` that need the id ``own`` and no other than are known."""
    for target in targets:
        if own in target.names and known.keys() >= set(target.names):
            yield target.id, suffix, {name: known[name] for name in target.names}


def _filtered_lists(own: str, found: list[_Operation]) -> Found:
    """Yield links to the lists that can be filtered by an id."""
    for target in found:
        if target.is_list and own in target.filters and not target.names:
            yield target.id, f"_by_{own}", {own: _DATA_ID}


def _operation(document: Object, path: str, method: str, described: Object) -> _Operation:
    schema, is_list = _data_of(document, _success(described))
    own = document["components"]["schemas"].get(schema, {})
    return _Operation(
        id=described["operationId"],
        method=method,
        path=path,
        summary=described["summary"],
        filters=frozenset(each["name"] for each in described.get("parameters", ()) if each.get("in") == "query"),
        schema=schema,
        is_list=is_list,
        fields=frozenset(name for name in own.get("required", ()) if own["properties"][name].get("type") == "string"),
    )


def _success(described: Object) -> Object:
    responses: Object = described["responses"]
    return next((response for status, response in responses.items() if status in {"200", "201", "202"}), {})


def _data_of(document: Object, response: Object) -> tuple[str, bool]:
    """Return the name of the schema of what a response has, "" for a page or file, and whether it is a list of them."""
    envelope = response.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    if not envelope:
        return "", False
    data = document["components"]["schemas"][envelope.rpartition("/")[2]]["properties"]["data"]
    is_list = "items" in data
    data = data.get("items", data)
    return str(data.get("allOf", [data])[0].get("$ref", "")).rpartition("/")[2], is_list
