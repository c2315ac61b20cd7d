"""Clients generated from docs/openapi.json: without a warning, and every figure that they read is exact."""

import json
import os
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from invoicing import exact_json
from tests.clients.conftest import UnreliableApi
from tests.clients.typescript import compile_in, needs_node, run
from tests.template import ROOT
from tools.npm import NPM
from tools.openapi import FILE

ENVIRONMENT = ROOT / ".venv-clients" / "bin"
OPENAPI_TYPESCRIPT = "openapi-typescript@7.13.0"
HERE = Path(__file__).parent

pytestmark = pytest.mark.nightly


def quietly(*command: str | Path) -> None:
    """Run a generator; `AssertionError` for anything that it warns of."""
    path = f"{ENVIRONMENT}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603
        [str(each) for each in command],
        env=os.environ | {"PATH": path, "PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "warning" not in done.stdout.lower(), done.stdout


def figures(node: Any, where: str = "") -> Iterator[tuple[str, Decimal]]:
    """Every number of a body, and where it is."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from figures(value, f"{where}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from figures(value, f"{where}/{index}")
    elif isinstance(node, (int, Decimal)) and not isinstance(node, bool):
        yield where, Decimal(node)


def with_decimals(node: dict[str, Any]) -> Any:
    """What `generated_story` says of a `Decimal`."""
    return Decimal(node["decimal"]) if node.keys() == {"decimal"} else node


@pytest.mark.skipif(not ENVIRONMENT.exists() and not os.environ.get("CI"), reason="`make nightly` installs generators")
def test_python_clients_are_generated_and_exact(api: UnreliableApi, key: str, tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("content_type_overrides: {application/pdf: application/octet-stream}\n")
    client: list[str | Path] = [
        "--output-path",
        tmp_path / "generated",
        "--meta",
        "none",
        "--config",
        config,
        "--fail-on-warning",
    ]
    quietly(ENVIRONMENT / "openapi-python-client", "generate", "--path", FILE, *client)
    models: list[str | Path] = ["--input", FILE, "--input-file-type", "openapi", "--output", tmp_path / "models.py"]
    pydantic = ["--output-model-type", "pydantic_v2.BaseModel", "--use-annotated", "--formatters", "builtin"]
    quietly(ENVIRONMENT / "datamodel-codegen", *models, *pydantic)
    told = subprocess.run(  # noqa: S603
        [ENVIRONMENT / "python", HERE / "generated_story.py", tmp_path, api.url, key],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    result = json.loads(told.stdout, parse_float=Decimal, object_hook=with_decimals)
    sent = [dict(figures(exact_json.loads(body))) for body in result["sent"]]
    assert sum(len(each) for each in sent) > 200
    assert [dict(figures(each)) for each in result["client"]] == sent
    assert [dict(figures(each)) for each in result["models"]] == sent


@needs_node
def test_types_for_typescript_are_generated_and_exact(api: UnreliableApi, key: str, tmp_path: Path) -> None:
    # Without the option, a field that has a default would have to be in a request.
    command = [str(NPM), "exec", "--yes", "--", OPENAPI_TYPESCRIPT, "--default-non-nullable=false"]
    quietly(*command, FILE, "--output", tmp_path / "schema.d.ts")
    compile_in(tmp_path, {"story.mts": (HERE / "generated_story.mts").read_text()})
    told = json.loads(run(tmp_path / "story.mjs", api.url, key), parse_float=Decimal)
    sent = [dict(figures(exact_json.loads(body)["data"])) for body in told["sent"]]
    assert sum(len(each) for each in sent) > 80
    assert [dict(figures(each)) for each in told["read"]] == sent
