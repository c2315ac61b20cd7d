"""What a cold start imports: PDF code nowhere, rendering where documents are made, pydantic where bodies are read."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.structure import cold_start
from tests.structure.cold_start import Handlers
from tests.structure.project import handler_files
from tests.template import ROOT, Function, read_template
from tools.openapi import operations

DRAWING = {"PIL", "fontTools", "fpdf", "icu4py", "uharfbuzz"}
RENDERING = {"babel", "invoicing_documents", "jinja2"}
CHECKING = {"pydantic", "pydantic_core"}


def unwanted(file: str) -> set[str]:
    """The packages that a handler must not load."""
    makes_documents = {function.file for function in read_template().functions if "DocumentsLayer" in function.layers}
    reads_nothing = {
        operation.file for operation in operations() if operation.app.method == "GET" and not operation.app.body
    }
    found = set(DRAWING)
    if file not in makes_documents:
        found |= RENDERING
    if file in reads_nothing:
        found |= CHECKING
    return found


@pytest.fixture(scope="module")
def loaded() -> Mapping[str, set[str]]:
    """What each handler loads."""
    handlers: Handlers = {function.file: _folders(function) for function in read_template().functions}
    environment: dict[str, str] = os.environ | {"PYTHONPATH": str(ROOT / "layers" / "core")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, cold_start.__file__],
        input=json.dumps(handlers),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {file: set(packages) for file, packages in map(json.loads, done.stdout.splitlines())}


def _folders(function: Function) -> list[str]:
    folders = [ROOT / "functions" / function.file.partition("/")[0]]
    layers = {"DocumentsLayer": "documents", "TypesettingLayer": "typesetting"}
    folders += [ROOT / "layers" / folder for layer, folder in layers.items() if layer in function.layers]
    return [str(folder) for folder in folders]


@pytest.mark.nightly
def test_no_handler_loads_what_it_does_not_use(loaded: Mapping[str, set[str]]) -> None:
    found = {file: sorted(packages & unwanted(file)) for file, packages in loaded.items()}
    assert {file: packages for file, packages in found.items() if packages} == {}


@pytest.mark.nightly
def test_the_check_sees_what_is_loaded(loaded: Mapping[str, set[str]]) -> None:
    assert "jinja2" in loaded["pages/view_invoice"]
    assert "pydantic" in loaded["invoices/create_invoice"]
    assert set(loaded) == handler_files()
    assert unwanted("invoices/get_invoice_pdf") == CHECKING | DRAWING
    assert unwanted("invoices/get_invoice") == CHECKING | DRAWING | RENDERING
