"""docs/openapi.json says what everything in it means, in words that are declared for clients."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from invoicing import exact_json
from invoicing.domain.events.invoices import invoice_summary
from tests.builders import an_issued_invoice
from tools import openapi_fields
from tools.openapi import FILE
from tools.openapi_enums import ENUMS
from tools.openapi_fields import described, meanings, rows

Object = dict[str, Any]


@pytest.fixture(scope="module")
def content() -> Object:
    return dict(json.loads(FILE.read_text()))


def undescribed(node: Any, where: str = "") -> Iterator[str]:
    """Where fields, parameters, operations, responses, bodies, headers, tags and schemas say nothing of themselves."""
    if isinstance(node, list):
        for each in node:
            yield from undescribed(each, f"{where}/{each.get('name', '')}" if isinstance(each, dict) else where)
    if not isinstance(node, dict):
        return
    if ("in" in node or "operationId" in node) and not node.get("description"):
        yield where
    for key, value in node.items():
        if key in {"example", "examples", "const", "enum"}:
            continue
        if key in {"properties", "schemas", "responses", "requestBody", "headers", "tags"}:
            yield from (f"{where}/{key}/{name}" for name, each in _members(key, value) if not each.get("description"))
        yield from undescribed(value, f"{where}/{key}")


def _members(key: str, value: Any) -> Iterator[tuple[str, Object]]:
    if isinstance(value, list):
        yield from ((each["name"], each) for each in value if isinstance(each, dict))
        return
    for name, each in [(key, value)] if key == "requestBody" else value.items():
        # What a reference leads to is described there; only of a field it does not say what the field is for.
        if isinstance(each, dict) and (key == "properties" or "$ref" not in each):
            yield name, each


def test_everything_is_described(content: Object) -> None:
    assert list(undescribed(content)) == []


def test_undescribed_finds_what_says_nothing() -> None:
    field = {"schemas": {"A": {"description": "An A.", "properties": {"b": {"type": "string"}}}}}
    assert list(undescribed(field)) == ["/schemas/A/properties/b"]
    assert list(undescribed({"parameters": [{"in": "query", "name": "page"}]})) == ["/parameters/page"]
    assert list(undescribed({"schemas": {"A": {"type": "string"}}})) == ["/schemas/A"]
    assert list(undescribed({"get": {"operationId": "a"}})) == ["/get"]


def test_every_row_of_the_tables_is_shown(content: Object) -> None:
    schemas = content["components"]["schemas"]
    shown = {(name, "") for name in schemas} | {(f"#{tag['name']}", "") for tag in content["tags"]}
    fields = {(name, field) for name, schema in schemas.items() for field in _fields(schema)}
    shown |= fields | {("", field) for name, field in fields if (name, field) not in meanings()}
    assert set(meanings()) - shown == set()


def _fields(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(properties := node.get("properties"), dict):
            yield from properties
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _fields(each)


def test_meanings_are_sentences() -> None:
    wrong = [row for row in rows() if not row[2].endswith(".") or "``" in row[2]]
    assert wrong == []


def test_a_row_of_the_schema_goes_before_one_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {("A", ""): "An A.", ("", "id"): "Any.", ("A", "id"): "Its own.", ("", "name"): "A name."}
    monkeypatch.setattr(openapi_fields, "meanings", lambda: table)
    text = {"type": "string"}
    own = text | {"description": "Declared."}
    found = described("A", {"properties": {"id": text, "name": text, "code": own}})
    assert found == {
        "description": "An A.",
        "properties": {
            "id": {"description": "Its own.", **text},
            "name": {"description": "A name.", **text},
            "code": own,
        },
    }


@pytest.mark.parametrize(
    ("field", "expected"),
    [("created_at", "date-time"), ("send_at", None), ("issue_date", "date"), ("pdf_url", "uri"), ("name", None)],
)
def test_the_name_of_a_field_of_a_response_tells_its_format(field: str, expected: str | None) -> None:
    for name, format_ in (("A", expected), ("AInput", None)):
        nullable = {"anyOf": [{"type": "string"}, {"type": "null"}]}
        found = described(name, {"properties": {field: nullable}})["properties"][field]["anyOf"][0]
        assert found.get("format") == format_


def test_every_enumeration_is_shown(content: Object) -> None:
    schemas = content["components"]["schemas"]
    for (name, field), values in ENUMS.items():
        schema = schemas[name]["properties"][field]
        shown = next((each["enum"] for each in [schema, *schema.get("anyOf", [])] if "enum" in each), None)
        assert shown == list(values), f"{name}.{field}"


def test_a_field_is_declared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openapi_fields, "rows", lambda: iter([("A", "b", "One."), ("A", "b", "Two.")]))
    with pytest.raises(ValueError, match=r"A\.b is declared twice"):
        openapi_fields.meanings.__wrapped__()


def bad_examples(content: Object) -> list[str]:
    """Which examples of bodies are none of their schema."""
    found = []
    for path, methods in content["paths"].items():
        for method, operation in methods.items():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                schema = media["schema"] | {"components": content["components"]}
                if "example" in media and not Draft202012Validator(schema).is_valid(media["example"]):
                    found.append(f"{method} {path}")
    return found


def test_every_example_is_one_of_its_schema(content: Object) -> None:
    assert bad_examples(content) == []
    with_example = [body for body in _bodies(content) if "example" in body]
    assert len(with_example) >= len(list(_bodies(content))) - 5


def _bodies(content: Object) -> Iterator[Object]:
    for methods in content["paths"].values():
        for operation in methods.values():
            yield from operation.get("requestBody", {}).get("content", {}).values()


def test_bad_examples_finds_one(content: Object) -> None:
    body = {"schema": {"$ref": "#/components/schemas/CreateInvoiceInput"}, "example": {"items": "none"}}
    paths = {"/invoices": {"post": {"requestBody": {"content": {"application/json": body}}}}}
    assert bad_examples(content | {"paths": paths}) == ["post /invoices"]


def test_envelopes_have_names(content: Object) -> None:
    schemas = content["components"]["schemas"]
    assert {"InvoiceResponse", "InvoiceList", "ExpandableInvoiceResponse", "EventLog"} <= schemas.keys()
    created = content["paths"]["/invoices"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    assert created == {"$ref": "#/components/schemas/InvoiceResponse"}
    assert schemas["InvoiceResponse"]["properties"]["data"]["$ref"] == "#/components/schemas/Invoice"


def test_webhooks_have_an_operation_for_each_type_of_event(content: Object) -> None:
    paid = content["webhooks"]["invoice.paid"]["post"]
    schema = paid["requestBody"]["content"]["application/json"]["schema"]
    payload = {
        "event": "invoice.paid",
        "data": exact_json.loads(exact_json.dumps(invoice_summary(an_issued_invoice()))),
        "meta": {
            "event_id": "evt_1",
            "timestamp": "2026-11-26T01:11:09.439Z",
            "version": "v1",
            "sequence": 3,
            "mode": "live",
            "imported": False,
        },
    }
    validator = Draft202012Validator(schema | {"components": content["components"]})
    assert validator.is_valid(payload)
    assert not validator.is_valid(payload | {"event": "invoice.sent"})
    assert not validator.is_valid(payload | {"meta": {}})
    assert not validator.is_valid(payload | {"data": {"id": "inv_1"}})
