"""Which tests the Makefile runs: `make test` all but nightly ones, each once, and `make unit` those that are quick."""

import os
import shlex
import subprocess
import tomllib
from argparse import ArgumentParser, Namespace
from functools import cache
from pathlib import Path

from tests.structure.project import python_files
from tests.template import ROOT

QUICK = "not slow and not nightly"


def options() -> ArgumentParser:
    """What the Makefile says to pytest; anything else is an error."""
    parser = ArgumentParser(exit_on_error=False)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--ignore", action="append", type=Path, default=[])
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("-m", dest="marked")
    return parser


@cache
def commands(target: str) -> list[Namespace]:
    """How a target calls pytest, without doing it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    told = subprocess.run(  # noqa: S603
        ["make", "--dry-run", target],  # noqa: S607
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = [shlex.split(line) for line in told.splitlines() if "pytest " in line and "install" not in line]
    return [options().parse_args(line[line.index("pytest") + 1 :]) for line in words]


def runs(command: Namespace, file: Path) -> bool:
    """Whether a command looks into a file."""
    return any(file.is_relative_to(path) for path in command.paths or [Path("tests")]) and not any(
        file.is_relative_to(path) for path in command.ignore
    )


def missed(target: str) -> list[str]:
    """Test files that a target does not run exactly once."""
    files = [path.relative_to(ROOT) for path in python_files("tests") if path.name.startswith("test_")]
    return sorted(
        str(file)
        for file in files
        if "new_resource" not in file.parts and sum(runs(command, file) for command in commands(target)) != 1
    )


def test_make_test_runs_every_file_once() -> None:
    assert missed("test") == []


def test_make_test_leaves_out_what_is_nightly_and_nothing_else() -> None:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    usual, _ = options().parse_known_args(configured["addopts"])
    assert usual.marked == "not nightly"
    assert [command.marked for command in commands("test")] == [None] * 3


def test_make_unit_runs_what_is_quick() -> None:
    assert all(file.startswith(("tests/stories/", "tests/storage/")) for file in missed("unit"))
    assert {command.marked for command in commands("unit")} == {QUICK}


def test_make_nightly_runs_everything_but_the_stories_of_make_test() -> None:
    assert missed("nightly") == []
    of_all, of_stories = commands("nightly")
    assert (of_all.marked, of_stories.marked, of_stories.paths) == ("", "nightly", [Path("tests/stories")])
