"""template.yaml as tests read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
STACK = "invoicing"
PSEUDO = {"AWS::StackName": STACK, "AWS::URLSuffix": "amazonaws.com"}


@dataclass(frozen=True)
class Function:
    """A Lambda function: ``file`` is its handler's, such as ``invoices/send_invoice``."""

    logical_id: str
    file: str
    properties: Mapping[str, Any]

    @property
    def routes(self) -> set[tuple[str, str]]:
        """Method and path of its routes as the template has them; ``("ANY", "$default")`` for every other path."""
        events = self.properties.get("Events", {}).values()
        routes = [event["Properties"] for event in events if event["Type"] == "HttpApi"]
        return {(route.get("Method", "ANY"), route.get("Path", "$default")) for route in routes}

    @property
    def layers(self) -> set[str]:
        """Logical ids of its own layers, without those that every function has."""
        return {layer["Ref"] for layer in self.properties.get("Layers", [])}

    @property
    def statements(self) -> Iterator[Mapping[str, Any]]:
        """Every statement of its policies."""
        for policy in self.properties.get("Policies", []):
            yield from policy["Statement"]


@dataclass(frozen=True, eq=False)
class Template:
    """What is deployed; expressions such as ``{"Ref": "Api"}`` stay as they are until `value` is asked."""

    content: Mapping[str, Any]

    def resources(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """Every resource of a type, whole, under its logical id."""
        return {name: found for name, found in self.content["Resources"].items() if found["Type"] == kind}

    @property
    def functions(self) -> list[Function]:
        """All functions."""
        return [
            Function(logical_id, _file(found["Properties"]), found["Properties"])
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
            return f"{STACK}-{name.lower()}"
        return str(self.content["Parameters"][name]["Default"])


@cache
def read_template() -> Template:
    """The project's template."""
    return Template(yaml_parse((ROOT / "template.yaml").read_text()))


def _file(properties: Mapping[str, Any]) -> str:
    folder = properties["CodeUri"].removeprefix("functions/")
    return f"{folder}/{properties['Handler'].removesuffix('.handler')}"
