"""One word runs through everything: a handler, its function, its sample event, its test, its place in the API."""

from collections.abc import Mapping
from typing import Any

from invoicing.api.request import BASE_PATH
from tests.structure.project import handler_files, python_files, sample_events
from tests.structure.test_trimmed_libraries import imported
from tests.template import ROOT, Template, read_template
from tools.openapi import NO_PATH, document, operations


def unmatched(kinds: Mapping[str, set[Any]]) -> list[str]:
    """What some kinds have and others lack."""
    everything = set().union(*kinds.values())
    return [f"no {item} among {kind}" for kind, items in kinds.items() for item in sorted(everything - items, key=str)]


def test_unmatched_names_what_is_missing() -> None:
    assert unmatched({"handlers": {"a", "b"}, "functions": {"b"}}) == ["no a among functions"]


def test_every_handler_has_a_function_a_sample_event_and_a_test() -> None:
    tests = {
        f"{path.parent.name}/{path.stem.removeprefix('test_')}"
        for path in (ROOT / "tests" / "functions").glob("*/test_*.py")
    }
    functions = {function.file for function in read_template().functions}
    samples = set(sample_events())
    handlers = handler_files()
    assert unmatched({"handlers": handlers, "functions": functions, "sample events": samples, "tests": tests}) == []


def misnamed(template: Template) -> list[str]:
    """Functions whose logical id is not their handler's name."""
    return [
        function.logical_id
        for function in template.functions
        if function.logical_id != function.file.partition("/")[2].title().replace("_", "") + "Function"
    ]


def test_functions_are_named_for_their_handlers() -> None:
    assert misnamed(read_template()) == []


def test_misnamed_finds_a_function_of_another_name() -> None:
    function = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "functions/a", "Handler": "b.handler"}}
    assert misnamed(Template({"Resources": {"CFunction": function, "BFunction": function}})) == ["CFunction"]


def test_handlers_do_not_import_each_other() -> None:
    names = {file.partition("/")[2] for file in handler_files()} | {file.partition("/")[0] for file in handler_files()}
    found = {
        path.stem: sorted({name.partition(".")[0] for name in imported(path.read_text())} & (names | {"functions"}))
        for path in python_files("functions")
    }
    assert {name: others for name, others in found.items() if others} == {}


def operation_files() -> set[str]:
    """Every use case, such as ``invoices/send_invoice``; a file that begins with "_" is what a few of them share.

    A folder of operations/ without handlers of its name is no resource: it has what use cases stand on.
    """
    resources = {file.partition("/")[0] for file in handler_files()}
    files = (ROOT / "layers" / "core" / "invoicing" / "operations").glob("*/*.py")
    return {
        f"{path.parent.name}/{path.stem}"
        for path in files
        if path.parent.name in resources and not path.stem.startswith("_")
    }


def test_every_operation_has_a_handler_and_a_test_of_its_name() -> None:
    tests = {
        f"{path.parent.name}/{path.stem.removeprefix('test_')}"
        for path in (ROOT / "tests" / "operations").glob("*/test_*.py")
    }
    assert operation_files() - handler_files() == set()
    assert operation_files() - tests == set()


def routes_of_template(template: Template) -> set[tuple[str, str, str]]:
    """File, method and path of every route. HEAD is GET without a body, and documented with it."""
    return {
        (function.file, method, path.removeprefix(BASE_PATH))
        for function in template.functions
        for method, path in function.routes
        if method != "HEAD"
    }


def routes_of_samples(samples: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """File, method and path of every sample request."""
    routes = set()
    for file, event in samples.items():
        if "routeKey" in event:
            method, _, path = event["routeKey"].rpartition(" ")
            routes.add((file, method or "ANY", path.removeprefix(BASE_PATH)))
    return routes


def routes_of_document(content: Mapping[str, Any], files: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """File, method and path of everything that is documented; ``files`` says which operation is whose."""
    return {
        (files.get(operation["operationId"], operation["operationId"]), method.upper(), path)
        for path, methods in content["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_is_the_same_everywhere() -> None:
    found = operations()
    handlers = {(operation.file, operation.app.method, operation.app.path) for operation in found}
    documented = routes_of_document(document(found), {operation.id: operation.file for operation in found})
    documented |= {route for route in handlers if route[2] == NO_PATH}
    assert (
        unmatched(
            {
                "routes of handlers": handlers,
                "routes of the template": routes_of_template(read_template()),
                "sample requests": routes_of_samples(sample_events()),
                "documented operations": documented,
            }
        )
        == []
    )


def test_routes_of_a_template_a_sample_and_a_document_are_read_alike() -> None:
    properties = {"CodeUri": "functions/a", "Handler": "get_a.handler"}
    integration = {"credentials": {"Fn::GetAtt": ["Role", "Arn"]}, "uri": {"Fn::Sub": "a/${GetA.Arn}/invocations"}}
    paths = {f"{BASE_PATH}/a/{{id}}": {"get": {"x-amazon-apigateway-integration": integration}}}
    resources = {
        "GetA": {"Type": "AWS::Serverless::Function", "Properties": properties},
        "Api": {"Type": "AWS::Serverless::HttpApi", "Properties": {"DefinitionBody": {"paths": paths}}},
    }
    template = Template({"Resources": resources})
    expected = {("a/get_a", "GET", "/a/{id}")}
    assert routes_of_template(template) == expected
    assert routes_of_samples({"a/get_a": {"routeKey": f"GET {BASE_PATH}/a/{{id}}"}, "a/other": {}}) == expected
    content = {"paths": {"/a/{id}": {"get": {"operationId": "get_a"}}}}
    assert routes_of_document(content, {"get_a": "a/get_a"}) == expected


def heads(template: Template) -> set[tuple[str, str]]:
    """File and path of the routes that answer HEAD."""
    return {
        (function.file, path) for function in template.functions for method, path in function.routes if method == "HEAD"
    }


def test_head_is_routed_where_it_is_answered() -> None:
    answered = {(item.file, BASE_PATH + item.app.path) for item in operations() if "HEAD" in item.app.methods}
    assert heads(read_template()) == answered
