"""template.yaml as tests read it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from samtranslator.yaml_helper import intrinsics_multi_constructor  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
STACK = "invoicing"
PSEUDO = {"AWS::StackName": STACK, "AWS::URLSuffix": "amazonaws.com"}


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]
    """Reads what SAM reads, in a tenth of the time: every process of the tests reads the template."""


_Loader.add_multi_constructor("!", intrinsics_multi_constructor)


@dataclass(frozen=True)
class Function:
    """A Lambda function: ``file`` is its handler's, such as ``invoices/send_invoice``."""

    logical_id: str
    file: str
    properties: Mapping[str, Any]
    routes: frozenset[tuple[str, str]] = frozenset()
    """Method and path of its routes as the template has them; ``("ANY", "$default")`` for every other path."""

    @property
    def layers(self) -> set[str]:
        """Logical ids of its own layers, without those that every function has."""
        return {layer["Ref"] for layer in self.properties.get("Layers", [])}

    @property
    def statements(self) -> Iterator[Mapping[str, Any]]:
        """Every statement of its policies."""
        for policy in self.properties.get("Policies", []):
            yield from policy["Statement"]


@dataclass(frozen=True)
class Route:
    """A route of the API, the function that it leads to, and the role with which API Gateway calls it."""

    method: str
    path: str
    function: str
    role: str


@dataclass(frozen=True, eq=False)
class Template:
    """What is deployed; expressions such as ``{"Ref": "Api"}`` stay as they are until `value` is asked."""

    content: Mapping[str, Any]

    def resources(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """Every resource of a type, whole, under its logical id."""
        return {name: found for name, found in self.content["Resources"].items() if found["Type"] == kind}

    @property
    def routes(self) -> list[Route]:
        """All routes of the API."""
        return [
            _route(path, method, operation["x-amazon-apigateway-integration"])
            for api in self.resources("AWS::Serverless::HttpApi").values()
            for path, methods in api["Properties"]["DefinitionBody"]["paths"].items()
            for method, operation in methods.items()
        ]

    @property
    def functions(self) -> list[Function]:
        """All functions."""
        routes = defaultdict(set)
        for route in self.routes:
            routes[route.function].add((route.method, route.path))
        return [
            Function(logical_id, _file(found["Properties"]), found["Properties"], frozenset(routes[logical_id]))
            for logical_id, found in self.resources("AWS::Serverless::Function").items()
        ]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that every function gets."""
        variables = self.content["Globals"]["Function"]["Environment"]["Variables"]
        return {name: self.value(expression) for name, expression in variables.items()}

    @property
    def tables(self) -> list[str]:
        """The tables as the code calls them, such as ``invoices``."""
        return [name.removesuffix("_TABLE").lower() for name in self.environment if name.endswith("_TABLE")]

    def value(self, expression: Any) -> str:
        """A plain value, a parameter's default, or the name that a resource has in tests."""
        if not isinstance(expression, dict):
            return str(expression)
        name = expression["Ref"]
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.content["Resources"]:
            named = f"{STACK}-{name.lower()}"
            is_queue = self.content["Resources"][name]["Type"] == "AWS::SQS::Queue"
            return f"https://sqs.us-east-1.amazonaws.com/123456789012/{named}" if is_queue else named
        return str(self.content["Parameters"][name]["Default"])


@cache
def read_template(file: str = "template.yaml") -> Template:
    """The project's template, or the one of a nested stack."""
    return Template(yaml.load((ROOT / file).read_text(), _Loader))  # noqa: S506 - a safe one


def _route(path: str, method: str, integration: Mapping[str, Any]) -> Route:
    function = re.search(r"\$\{(\w+)\.Arn\}/invocations$", integration["uri"]["Fn::Sub"])
    assert function is not None, integration
    named = "ANY" if method == "x-amazon-apigateway-any-method" else method.upper()
    return Route(named, path, function[1], integration["credentials"]["Fn::GetAtt"][0])


def _file(properties: Mapping[str, Any]) -> str:
    folder = properties["CodeUri"].removeprefix("functions/")
    return f"{folder}/{properties['Handler'].removesuffix('.handler')}"
