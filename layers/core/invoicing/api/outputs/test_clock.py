"""Test clocks in responses."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypedDict, cast

from invoicing.api.envelope import Result, timestamp
from invoicing.domain.test_clocks.test_clock import ClockStatus, TestClock

PATH = "/test-clock"


class DoneOutput(TypedDict):
    """How often each kind of due work was done by the current or latest advance."""

    overdue: int
    occurrences: int
    scheduled_sends: int
    late_fees: int
    reminders: int


class ClockOutput(TypedDict):
    """A test clock: its time and, while it advances, the time that it advances to."""

    now: str
    status: Literal["ready", "advancing", "failed"]
    target: str | None
    done: DoneOutput
    last_error: str | None


def clock_result(clock: TestClock, *, status: int = 200) -> Result:
    """Return the response with a clock."""
    data = ClockOutput(
        now=timestamp(clock.now),
        status=cast(Literal["ready", "advancing", "failed"], str(clock.status)),
        target=timestamp(clock.target) if clock.target else None,
        done=cast(DoneOutput, {name: clock.done.get(name, 0) for name in DoneOutput.__annotations__}),
        last_error=clock.last_error,
    )
    return Result(data=data, links={"self": PATH, "account": "/account"}, status=status)


def set_clock_result(clock: TestClock, is_new: bool) -> Result:  # noqa: FBT001
    """Return the response with a clock that was set."""
    result = clock_result(clock, status=201 if is_new else 200)
    return replace(result, location=PATH if is_new else None)


def advance_result(clock: TestClock, follow_up: Callable[[], TestClock] | None = None) -> Result:
    """Return the response with a clock that advances, or did; ``follow_up`` does what is due on the way."""
    result = clock_result(clock, status=202 if clock.status is ClockStatus.ADVANCING else 200)
    return replace(result, follow_up=(lambda: advance_result(follow_up())) if follow_up else None)
