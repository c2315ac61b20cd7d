"""Errors of whoever meets a test clock that moves."""

from invoicing.domain.errors import Conflict


def clock_moved() -> Conflict:
    """Return the error of a write while the test clock advances, or for which it was changed after the key check."""
    message = "The test clock is being advanced or changed. Retry when GET /test-clock shows that it is not advancing."
    return Conflict("TEST_CLOCK_ADVANCING", message)
