"""Waiting for a condition, with a deadline."""

import time
from collections.abc import Callable


def wait_until[T](condition: Callable[[], T], seconds: float, what: str) -> T:
    """Ask until the answer is true, and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(0.05)
    return answer
