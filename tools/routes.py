"""Writes what follows from the handlers' `@api`; with --check it only says whether that is current.

In template.yaml the routes of the API and the roles that call its functions; in the core layer the table of routes,
by which `$default` knows that a path has other methods, and the resources that scopes name. A function could not load
all handlers to ask them.
"""

import argparse
import re
import sys
from itertools import groupby
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml  # type: ignore[import-untyped]

from tools.openapi import NO_PATH, Operation, operations  # isort: skip  # makes the package invoicing importable
from invoicing.api.request import BASE_PATH

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
ROUTES = ROOT / "layers" / "core" / "invoicing" / "api" / "route_table.py"
RESOURCES = ROOT / "layers" / "core" / "invoicing" / "domain" / "access" / "resources.py"
BEGIN = "`python -m tools.routes` writes what the handlers' @api says.\n"
END = "\nOutputs:\n"

_NOTE = "Written by `python -m tools.routes`: do not edit."

Object = dict[str, Any]


def written(template: str) -> str:
    """The template with the routes and roles of all handlers."""
    before, begin, rest = template.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{TEMPLATE.name} has lost its line {BEGIN!r} or {END!r}")
    found = operations()
    parts = [_yaml({"DefinitionBody": definition(found)}, margin=6)]
    parts += [_yaml({name: role}, margin=2) for name, role in roles(found).items()]
    return before + begin + "\n".join(parts) + end + after


def _yaml(content: Object, *, margin: int) -> str:
    return indent(yaml.safe_dump(content, sort_keys=False, default_flow_style=None, width=1000), " " * margin)


def definition(found: list[Operation]) -> Object:
    """The OpenAPI document of some operations, as SAM would write it, with the role of each folder as credentials."""
    paths: Object = {}
    for operation in found:
        path = operation.app.path if operation.app.path == NO_PATH else BASE_PATH + operation.app.path
        paths.setdefault(path, {}).update({method: _route(operation) for method in _methods(operation)})
    return {"openapi": "3.0.1", "info": {"title": {"Ref": "AWS::StackName"}, "version": "1.0"}, "paths": paths}


def _methods(operation: Operation) -> list[str]:
    if operation.app.path == NO_PATH:
        return ["x-amazon-apigateway-any-method"]
    return [method.lower() for method in operation.app.methods]


def _route(operation: Operation) -> Object:
    function = f"functions/${{{_function(operation)}.Arn}}/invocations"
    route: Object = {"isDefaultRoute": True} if operation.app.path == NO_PATH else {}
    if names := re.findall(r"{(\w+)}", operation.app.path):
        route["parameters"] = [{"name": name, "in": "path", "required": True} for name in names]
    route["responses"] = {}
    route["x-amazon-apigateway-integration"] = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "payloadFormatVersion": "2.0",
        "credentials": {"Fn::GetAtt": [_role(operation.tag), "Arn"]},
        "uri": {"Fn::Sub": f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/{function}"},
    }
    return route


def roles(found: list[Operation]) -> Object:
    """A role for each folder of functions/, which may call exactly those that have a route."""
    by_folder = groupby(sorted(found, key=lambda operation: operation.file), key=lambda operation: operation.tag)
    return {_role(folder): _may_call([_function(operation) for operation in group]) for folder, group in by_folder}


def _may_call(functions: list[str]) -> Object:
    allowed = {
        "Effect": "Allow",
        "Action": "lambda:InvokeFunction",
        "Resource": [{"Fn::GetAtt": [function, "Arn"]} for function in functions],
    }
    trusted = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policy = {"PolicyName": "call-functions", "PolicyDocument": {"Version": "2012-10-17", "Statement": [allowed]}}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trusted]},
            "Policies": [policy],
        },
    }


def _function(operation: Operation) -> str:
    return f"{_camel_case(operation.id)}Function"


def _role(folder: str) -> str:
    return f"{_camel_case(folder)}ApiRole"


def _camel_case(name: str) -> str:
    return name.title().replace("_", "")


def route_table(found: list[Operation]) -> str:
    """The module with the methods of every path."""
    methods: dict[str, set[str]] = {}
    for operation in found:
        if operation.app.path != NO_PATH:
            methods.setdefault(operation.app.path, set()).update(operation.app.methods)
    lines = "".join(f'    "{path}": "{" ".join(sorted(methods[path]))}",\n' for path in methods)
    head = f'"""The methods of every path below the base path. {_NOTE}"""'
    return f"{head}\n\nMETHODS = {{\n{lines}}}\n"


def resources(found: list[Operation]) -> str:
    """The module with the resources that scopes name."""
    names = sorted({operation.app.scope.partition(":")[0] for operation in found if operation.app.scope})
    lines = "".join(f'    "{name}",\n' for name in names)
    return f'"""The resources that scopes name. {_NOTE}"""\n\nRESOURCES = (\n{lines})\n'


def files() -> dict[Path, str]:
    """Every file that is written, as it should be."""
    found = operations()
    return {TEMPLATE: written(TEMPLATE.read_text()), ROUTES: route_table(found), RESOURCES: resources(found)}


def main() -> int:
    """Write them, or with --check exit 1 when one is stale."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    check = arguments.parse_args().check
    for file, text in files().items():
        if check and file.read_text() != text:
            print(f"error: {file.name} is stale: run python -m tools.routes", file=sys.stderr)
            return 1
        if not check:
            file.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
