"""Layers: built for Lambda's platform, added where they are used, and settings that reach the code."""

import ast
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import combinations
from typing import Any

from invoicing.settings import Settings
from invoicing.storage import kinds
from tests.structure.project import python_files
from tests.template import ROOT, Template, read_template

DOCUMENTS_PACKAGE = "invoicing_documents"
DRAWING_MODULES = tuple(f"invoicing_documents.{name}" for name in ("pdf", "registry", "logo_image", "template_preview"))
READ_BY_POWERTOOLS = "POWERTOOLS_"
ENVIRONMENT_READERS = {"environ", "environb", "getenv"}


def without_platform(template: Template) -> list[str]:
    """Layers that SAM would build for the machine it runs on."""
    layers = template.resources("AWS::Serverless::LayerVersion")
    return [name for name, layer in layers.items() if "BuildArchitecture" not in layer.get("Metadata", {})]


def test_every_layer_names_its_platform() -> None:
    assert without_platform(read_template()) == []


def test_without_platform_finds_a_layer() -> None:
    layer = {"Type": "AWS::Serverless::LayerVersion", "Metadata": {"BuildMethod": "makefile"}}
    assert without_platform(Template({"Resources": {"ALayer": layer}})) == ["ALayer"]


def imports(source: str) -> set[str]:
    """The packages that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_the_documents_layer_is_where_it_is_imported() -> None:
    functions = read_template().functions
    with_layer = {function.file for function in functions if "DocumentsLayer" in function.layers}
    importing = {
        function.file
        for function in functions
        if DOCUMENTS_PACKAGE in imports((ROOT / "functions" / f"{function.file}.py").read_text())
    }
    assert with_layer == importing


def test_the_typesetting_layer_is_where_pdf_is_drawn_and_logos_are_made() -> None:
    functions = read_template().functions
    with_layer = {function.file for function in functions if "TypesettingLayer" in function.layers}
    sources = {function.file: (ROOT / "functions" / f"{function.file}.py").read_text() for function in functions}
    drawing = {file for file, source in sources.items() if any(name in source for name in DRAWING_MODULES)}
    assert with_layer == drawing
    assert all("DocumentsLayer" in function.layers for function in functions if function.file in drawing)


def test_imports_finds_every_way_to_import() -> None:
    assert imports("import a.b\ndef f():\n    from c.d import e\n") == {"a", "c"}


def requirements(lock_file: str) -> set[str]:
    """The packages that a lock file names."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", lock_file, re.MULTILINE))


def test_layers_share_no_package() -> None:
    layers = [requirements(file.read_text()) for file in ROOT.glob("layers/*/requirements.txt")]
    shared = [one & other for one, other in combinations(layers, 2)]
    assert len(layers) == 3
    assert all(layers)
    # pydantic of the core needs it, and ICU's bindings name it, too.
    assert set[str]().union(*shared) <= {"typing-extensions"}


def test_requirements_reads_a_lock_file() -> None:
    assert requirements("# made by\na-b==1.0 \\\n    --hash=sha256:00\nc==2 ; sys_platform == 'x'\n") == {"a-b", "c"}


class Environment(Mapping[str, str]):
    """An environment on AWS that remembers what was read from it, besides what Lambda sets itself."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str:
        if name.startswith("AWS_ENDPOINT_URL"):
            raise KeyError(name)
        if name != "AWS_REGION":
            self.read.add(name)
        return "1"

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)

    def __len__(self) -> int:
        return len(self.read)


def test_the_template_sets_what_settings_read() -> None:
    environment = Environment()
    Settings.of(environment)
    template = read_template()
    others = {name for name in template.environment if not name.endswith("_TABLE")}
    assert {name for name in others if not name.startswith(READ_BY_POWERTOOLS)} == environment.read
    for function in template.functions:
        own: dict[str, Any] = function.properties.get("Environment", {}).get("Variables", {})
        assert set(own) <= environment.read, function.file


def test_every_table_of_a_kind_is_in_the_template() -> None:
    modules = [import_module(f"{kinds.__name__}.{file}") for file in kinds.FILES.values()]
    records = [value for module in modules for value in vars(module).values() if hasattr(value, "Meta")]
    named = {vars(record.Meta)["table_name"].table for record in records if "table_name" in vars(record.Meta)}
    # The outbox is a table of events, and the idempotency records have one: no table is without a kind.
    assert named == set(read_template().tables)


def reads_environment(source: str) -> bool:
    """Whether code looks at the environment itself."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return bool(names & ENVIRONMENT_READERS)


def test_settings_are_the_only_reader_of_the_environment() -> None:
    readers = [path.name for path in python_files("layers", "functions") if reads_environment(path.read_text())]
    assert readers == ["settings.py"]


def test_reads_environment_finds_every_way_to_read_it() -> None:
    assert reads_environment("import os\nx = os.environ['A']")
    assert reads_environment("from os import getenv\nx = getenv('A')")
    assert not reads_environment("environment = {}\nx = environment['A']")
