"""Whatever goes wrong in the runs of these seeds, every invariant holds; `make nightly` runs thousands more."""

import pytest

from tests.simulation.run import run_seed

AT_ONCE = 20


def test_every_invariant_holds_in_the_first_runs() -> None:
    for seed in range(1, 1 + AT_ONCE):
        run_seed(seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1 + AT_ONCE, 41, AT_ONCE))
def test_every_invariant_holds(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        run_seed(seed)
