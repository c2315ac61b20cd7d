"""What property tests take their examples from, and how many they try: `make nightly` has them try more."""

import os
from zoneinfo import available_timezones

TIMES = int(os.environ.get("TIMES_EXAMPLES", "1"))
TIME_ZONES = sorted(available_timezones())
"""All of them, looked for once."""


def examples(usual: int) -> int:
    """A multiple of what a test usually tries."""
    return usual * TIMES
