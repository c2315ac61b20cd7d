"""How many examples property tests try: `make nightly` has them try more."""

import os

TIMES = int(os.environ.get("TIMES_EXAMPLES", "1"))


def examples(usual: int) -> int:
    """A multiple of what a test usually tries."""
    return usual * TIMES
