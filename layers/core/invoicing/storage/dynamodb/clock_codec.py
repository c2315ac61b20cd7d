"""The test clock on an API key: one short text, which each key check reads."""

from datetime import datetime

from invoicing.domain.test_clocks.reading import ClockReading

_ADVANCING = "advancing"


def clock_text(clock: ClockReading) -> str:
    """Write a reading as version, instant and, while it advances, a word for that."""
    return " ".join((str(clock.version), clock.now.isoformat(), *([_ADVANCING] if clock.is_advancing else [])))


def clock_from(text: str) -> ClockReading:
    """Read a reading from its text."""
    version, now, *rest = text.split()
    return ClockReading(datetime.fromisoformat(now), int(version), is_advancing=bool(rest))
