"""A seed is one run: in another process, with other hashes, everything happens again in the same order."""

import os
import subprocess
import sys

import pytest

from tests.simulation.run import run_seed
from tests.template import ROOT


def replayed(seed: int) -> list[str]:
    """The trace of a seed in a process of its own."""
    paths = os.pathsep.join(("layers/core", "layers/documents"))
    printed = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.simulation.run", "--seed", str(seed)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return printed.splitlines()[:-1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 12])
def test_a_seed_is_one_run(seed: int) -> None:
    run_seed(seed - 1)
    lines = run_seed(seed).world.trace
    assert len(lines) > 50
    assert replayed(seed) == lines
