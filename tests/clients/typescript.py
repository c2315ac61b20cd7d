"""clients/typescript with the scripts of these tests: checked and compiled, and run by Node."""

import atexit
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.template import ROOT
from tools.npm import NPM, unpacked

TYPESCRIPT = "typescript@5.9.3"
TYPESCRIPT_SHA512 = "jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw=="
PACKAGE = ROOT / "clients" / "typescript"
NODE = shutil.which("node")
EXAMPLES = {
    "guide.mts": ROOT / "docs" / "guide" / "clients.md",
    "receiver.mts": ROOT / "docs" / "guide" / "webhooks.md",
    "readme.mts": PACKAGE / "README.md",
}
"""The pages whose examples are compiled, by the names of their scripts."""

needs_node = pytest.mark.skipif((NODE is None or NPM is None) and not os.environ.get("CI"), reason="needs npm")


@cache
def compiled() -> Path:
    """The folder of the scripts of these tests, as JavaScript."""
    folder = Path(mkdtemp(prefix="clients-"))
    atexit.register(shutil.rmtree, folder)
    scenarios = Path(__file__).parent / "scenarios.mts"
    compile_in(folder, {scenarios.name: scenarios.read_text()} | {name: example(EXAMPLES[name]) for name in EXAMPLES})
    return folder


def example(page: Path) -> str:
    """The TypeScript of a page, which finds the client beside it."""
    (code,) = re.findall(r"```typescript\n(.*?)```", page.read_text(), re.DOTALL)
    environment = "declare const process: { env: Record<string, string | undefined> };\n"
    return environment + str(code).replace('"invoicing-client"', '"./src/index.js"')


def compile_in(folder: Path, scripts: Mapping[str, str]) -> None:
    """Compile scripts beside a copy of the client; `AssertionError` with what is wrong in a type."""
    shutil.copytree(PACKAGE / "src", folder / "src")
    shutil.copy(PACKAGE / "package.json", folder)  # says that files are ES modules
    for name, text in scripts.items():
        (folder / name).write_text(text)
    options = {"extends": str(PACKAGE / "tsconfig.json"), "compilerOptions": {"rootDir": ".", "outDir": "."}}
    (folder / "tsconfig.json").write_text(json.dumps(options | {"include": ["."], "exclude": []}))
    program = unpacked(TYPESCRIPT, TYPESCRIPT_SHA512) / "bin" / "tsc"
    command = [str(NODE), str(program), "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout


def scenario(name: str, *given: Any) -> Any:
    """What a function of scenarios.mts returns."""
    told = run(compiled() / "scenarios.mjs", name, *(json.dumps(each) for each in given))
    return json.loads(told, parse_float=Decimal)


def run(script: Path, *arguments: str, **environment: str) -> str:
    """What a script prints."""
    command = [str(NODE), str(script), *arguments]
    done = subprocess.run(  # noqa: S603
        command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
