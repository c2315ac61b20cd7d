"""The frame of schedules: Lambda handlers of EventBridge Scheduler's ticks."""

import time
from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any

from invoicing.log import counted, logger

Run = Callable[[], Mapping[str, Any] | None]
"""Performs the scheduled work; returns further fields of its log line."""


class Schedule:
    """A Lambda handler of one tick: one JSON line, of which the metric ``Schedules`` counts schedule and outcome.

    The outcome is ``done`` unless ``run`` says another one. It raises to have the tick repeated: the scheduler retries,
    and a repeated tick changes nothing.
    """

    def __init__(self, run: Run) -> None:
        update_wrapper(self, run)
        self.name = run.__module__.rpartition(".")[2]
        self._run = run

    def __call__(self, _tick: Mapping[str, Any], _context: object) -> None:
        """Handle a tick."""
        started = time.perf_counter()
        outcome = "failed"
        said: Mapping[str, Any] = {}
        try:
            said = self._run() or {}
            outcome = "done"
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000)
            line = {"schedule": self.name, "outcome": outcome, "milliseconds": milliseconds, **said}
            logger.info("schedule", extra=line | counted("Schedules", "schedule", "outcome"))
