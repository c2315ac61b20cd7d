"""Redocly finds nothing in docs/openapi.json."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.template import ROOT
from tools.npm import NPM, unpacked
from tools.openapi import FILE

REDOCLY = "@redocly/cli@2.77.0"
REDOCLY_SHA512 = "XUa4hURDWLPG9WukIXo+UBqa9VpeTndmLI5PHu9QDkwtwH990Jsgz9nl2m1pZjsWrKFPP7avn6etRxxDbuD2Bg=="
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif((NODE is None or NPM is None) and not os.environ.get("CI"), reason="needs npm"),
]


def problems(file: Path) -> list[str]:
    """The rules of redocly.yaml that a document breaks, and where."""
    program = unpacked(REDOCLY, REDOCLY_SHA512) / "bin" / "cli.js"
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    options = ["lint", "--format=json", f"--config={ROOT / 'redocly.yaml'}", str(file)]
    done = subprocess.run(  # noqa: S603
        [str(NODE), str(program), *options], env=os.environ | quiet, capture_output=True, text=True, check=False
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return [f"{problem['ruleId']} {problem['location'][0].get('pointer')}" for problem in found["problems"]]


def test_it_finds_neither_errors_nor_warnings() -> None:
    assert problems(FILE) == []


def test_it_finds_a_warning(tmp_path: Path) -> None:
    content = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "servers": [{"url": "/"}], "paths": {}}
    (tmp_path / "openapi.json").write_text(json.dumps(content))
    assert problems(tmp_path / "openapi.json") == ["info-license #/info"]
