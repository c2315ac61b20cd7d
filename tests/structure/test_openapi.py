"""docs/openapi.json: current, a document that tools can read, and true."""

import json
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from inspect import unwrap
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.template import ROOT
from tools.openapi import NO_PATH, document, is_current, operations
from tools.openapi_links import rows

Object = dict[str, Any]
METHODS = {"get", "put", "post", "delete", "patch"}
IN_MAJOR_UNITS = {"total", "subtotal", "tax", "amount_due", "amount_paid", "unit_price"}


@pytest.fixture(scope="module")
def content() -> Object:
    return document(operations())


def test_the_file_is_current() -> None:
    assert is_current(), "run python -m tools.openapi"


def faults(content: Object) -> list[str]:
    """Where a document breaks the rules of OpenAPI 3.1."""
    if lost := [reference for reference in _references(content) if not _leads(content, reference)]:
        return [f"{reference} leads nowhere" for reference in lost]
    found = [f"{missing} is missing" for missing in ("openapi", "info", "paths") if missing not in content]
    for name, schema in content["components"]["schemas"].items():
        found += [f"{name}: {fault}" for fault in _faults_of_schema(schema)]
    names: list[str] = []
    for path, methods in content["paths"].items():
        for method, operation in methods.items():
            names.append(operation.get("operationId", ""))
            found += [f"{method} {path}: {fault}" for fault in _faults_of_operation(content, path, method, operation)]
    return found + [f"{name} is used twice" for name in {name for name in names if names.count(name) > 1}]


def _faults_of_operation(content: Object, path: str, method: str, operation: Object) -> Iterator[str]:
    if method not in METHODS:
        yield "no such method"
    parameters = [_resolve(content, parameter) for parameter in operation.get("parameters", [])]
    if {item["name"] for item in parameters if item["in"] == "path"} != set(re.findall(r"{(\w+)}", path)):
        yield "path parameters differ from the path"
    if not any(status[0] in "23" for status in operation["responses"]):
        yield "never succeeds"
    if any(set(need) - set(content["components"]["securitySchemes"]) for need in operation.get("security", [])):
        yield "unknown security scheme"
    for status, response in operation["responses"].items():
        yield from (f"{status}: {fault}" for fault in _faults_of_response(_resolve(content, response)))


def _faults_of_response(response: Object) -> Iterator[str]:
    if not response.get("description"):
        yield "no description"
    for media in response.get("content", {}).values():
        yield from _faults_of_schema(media.get("schema", {}))


def _faults_of_schema(schema: Object) -> Sequence[str]:
    return _faults_of_text(json.dumps(schema))


@cache
def _faults_of_text(schema: str) -> Sequence[str]:
    """Most schemas are looked at many times, as no test damages more than one."""
    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    return [error.message for error in validator.iter_errors(json.loads(schema))]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _leads(content: Object, reference: str) -> bool:
    try:
        _resolve(content, {"$ref": reference})
    except KeyError:
        return False
    return True


def _resolve(content: Object, node: Object) -> Object:
    if "$ref" not in node:
        return node
    found: Object = content
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_the_document_is_valid(content: Object) -> None:
    assert faults(content) == []


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (lambda item: item["parameters"].clear(), "get /invoices/{invoice_id}: path parameters differ from the path"),
        (lambda item: item["responses"].pop("200"), "get /invoices/{invoice_id}: never succeeds"),
        (lambda item: item.update(operationId="send_invoice"), "send_invoice is used twice"),
        (lambda item: item["responses"].update({"404": {}}), "get /invoices/{invoice_id}: 404: no description"),
        (lambda item: item["responses"].update({"404": {"$ref": "#/x"}}), "#/x leads nowhere"),
    ],
)
def test_faults_finds(content: Object, broken: Any, expected: str) -> None:
    damaged = deepcopy(content)
    broken(damaged["paths"]["/invoices/{invoice_id}"]["get"])
    assert faults(damaged) == [expected]


def test_faults_finds_a_schema_that_is_none(content: Object) -> None:
    damaged = deepcopy(content)
    damaged["components"]["schemas"]["Invoice"]["type"] = "money"
    assert any(fault.startswith("Invoice: ") for fault in faults(damaged))


def test_money_is_an_exact_decimal(content: Object) -> None:
    schemas = content["components"]["schemas"]
    for name in ("Invoice", "Line"):
        for field in IN_MAJOR_UNITS & set(schemas[name]["properties"]):
            schema = schemas[name]["properties"][field]
            assert (schema["type"], schema["format"]) == ("number", "decimal"), field


def wrong_defaults(node: Any, where: str = "") -> Iterator[str]:
    """Where a default is no value of its own schema: generated clients would send it."""
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from wrong_defaults(value, f"{where}/{index}")
    if not isinstance(node, dict):
        return
    if "default" in node and "type" in node and not Draft202012Validator(node).is_valid(node["default"]):
        yield where
    for key, value in node.items():
        yield from wrong_defaults(value, f"{where}/{key}")


def test_defaults_are_values_of_their_schemas(content: Object) -> None:
    assert list(wrong_defaults(content)) == []
    assert list(wrong_defaults([{"type": "string", "pattern": "^..:..$", "default": "09:00:00"}])) == ["/0"]


def test_parameters_that_exclude_each_other_have_no_defaults(content: Object) -> None:
    """Generated clients send defaults."""
    named = [
        parameter
        for methods in content["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
    ]
    paging = [each for each in named if each.get("name") in {"page", "per_page", "offset", "sort", "order"}]
    assert len(paging) > 50
    assert [each for each in paging if "default" in each["schema"]] == []


def test_an_operation_declares_the_if_match_that_it_reads() -> None:
    reads = {operation.file for operation in operations() if "if_version" in unwrap(operation.app).__code__.co_names}
    assert {operation.file for operation in operations() if operation.declared.get("if_match")} == reads


def test_words_are_sentences_for_clients() -> None:
    for operation in operations():
        declared = operation.declared
        assert re.fullmatch(r"[A-Z][a-z]+ .*[^.]", declared["summary"]), operation.file
        for words in (declared["description"], *declared.get("errors", {}).values()):
            assert re.fullmatch(r"[A-Z`].*[.]", words), words
            assert "``" not in words, words


def reference_table(text: str) -> set[tuple[str, str, str, str]]:
    """Title, method, path and scope of each row of the operations in docs/reference/README.md."""
    row = re.compile(r"^\| \[(.+?)\]\(\S+\) \| `([A-Z]+) (\S+)` \| (?:`(\S+)`|no key) \|$", re.MULTILINE)
    return set(row.findall(text))


def test_the_reference_names_every_operation_by_its_summary() -> None:
    declared = {
        (item.declared["summary"], item.app.method, item.app.path, item.app.scope or "")
        for item in operations()
        if item.app.path != NO_PATH
    }
    assert reference_table((ROOT / "docs" / "reference" / "README.md").read_text()) == declared


def test_reference_table_reads_a_row() -> None:
    text = (
        "| Operation |\n| [Read a thing](a.md#b) | `GET /a/{b}` | `a:read` |\n| [View it](p.md) | `GET /i` | no key |\n"
    )
    assert reference_table(text) == {("Read a thing", "GET", "/a/{b}", "a:read"), ("View it", "GET", "/i", "")}


def test_bodies_headers_and_errors_follow_from_the_operation(content: Object) -> None:
    send = content["paths"]["/invoices/{invoice_id}/send"]["post"]
    parameters = [_resolve(content, parameter)["name"] for parameter in send["parameters"]]
    assert parameters == ["invoice_id", "X-Request-ID", "Idempotency-Key", "If-Match"]
    errors = ["400", "401", "403", "404", "409", "412", "413", "422", "429", "500", "503"]
    assert list(send["responses"]) == ["200", *errors]
    assert send["security"] == [{"apiKey": ["invoices:write"]}]
    read = content["paths"]["/customers/{customer_id}"]["get"]
    assert list(read["responses"]) == ["200", "401", "403", "404", "429", "500", "503"]
    create = content["paths"]["/invoices"]["post"]["responses"]["201"]["headers"]
    assert {"Location", "ETag", "Idempotent-Replayed", "X-Request-ID", "X-RateLimit-Remaining"} <= set(create)
    page = content["paths"]["/i/{token}"]["get"]
    assert page["security"] == []
    assert set(page["responses"]["200"]["content"]) == {"text/html"}


def test_every_link_gives_an_operation_the_parameters_of_its_path(content: Object) -> None:
    by_id = {item["operationId"]: (path, item) for path, ways in content["paths"].items() for item in ways.values()}
    for name, link in content["components"]["links"].items():
        path, target = by_id[link["operationId"]]
        parameters = [_resolve(content, parameter) for parameter in target.get("parameters", [])]
        assert set(link["parameters"]) <= {parameter["name"] for parameter in parameters}, name
        assert set(re.findall(r"{(\w+)}", path)) <= set(link["parameters"]), name


def test_a_response_leads_to_what_can_be_done_with_its_resource(content: Object) -> None:
    def leads(path: str, method: str, status: str) -> Object:
        return dict(content["paths"][path][method]["responses"][status].get("links", {}))

    created = leads("/invoices", "post", "201")
    assert {"get_invoice", "send_invoice", "void_invoice", "get_invoice_pdf", "list_invoice_payments"} <= set(created)
    assert _resolve(content, created["send_invoice"])["parameters"] == {"invoice_id": "$response.body#/data/id"}
    assert _resolve(content, created["get_customer"])["parameters"] == {
        "customer_id": "$response.body#/data/customer_id"
    }
    listed = leads("/customers", "get", "200")
    assert {name: _resolve(content, link)["parameters"] for name, link in listed.items()} == {
        "get_customer": {"customer_id": "$response.body#/data/0/id"}
    }
    paid = leads("/invoices/{invoice_id}/payments", "post", "201")["get_invoice_payment"]
    both = {"invoice_id": "$request.path.invoice_id", "payment_id": "$response.body#/data/id"}
    assert _resolve(content, paid)["parameters"] == both
    assert leads("/reports/summary", "get", "200") == {}


def test_the_links_of_responses_have_names(content: Object) -> None:
    schemas = content["components"]["schemas"]
    invoice = schemas["InvoiceLinks"]
    assert invoice["properties"]["void"]["description"] == (
        "Void an invoice: `POST /invoices/{invoice_id}/void`. Null while it is not possible."
    )
    assert invoice["properties"]["void"]["type"] == ["string", "null"]
    assert invoice["properties"]["customer"]["type"] == "string"
    assert "original" not in invoice["required"]
    assert schemas["SentInvoiceResponse"]["properties"]["links"]["$ref"] == "#/components/schemas/InvoiceLinks"
    assert schemas["CustomerList"]["properties"]["links"]["$ref"] == "#/components/schemas/PageLinks"


def test_every_row_of_the_links_is_of_an_operation_and_a_schema(content: Object) -> None:
    known = {operation.id for operation in operations()} | {""}
    assert [row for row in rows() if row[2] not in known or row[3] not in {"", "null", "some"}] == []
    shown = {name.removesuffix("Links") for name in content["components"]["schemas"] if name.endswith("Links")}
    assert {schema for schema, *_ in rows()} <= shown
