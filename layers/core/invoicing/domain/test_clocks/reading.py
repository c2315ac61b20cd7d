"""What everybody but its own operations knows of a test clock."""

from datetime import datetime

from invoicing.dataclass import dataclass

TEST_CLOCK = "test_clock"
"""The id of an account's only test clock."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A test clock as it was read: its time, and the version of `invoicing.domain.test_clocks.test_clock.TestClock`.

    What is decided by a reading is written only while the clock still has that version.
    """

    now: datetime
    version: int
    is_advancing: bool = False
