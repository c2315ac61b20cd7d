"""The frame of schedules: Lambda handlers of EventBridge Scheduler's ticks."""

import time
from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any

from aws_lambda_powertools import Logger

from invoicing.messaging.metrics import Metrics

logger = Logger()

Run = Callable[[], Mapping[str, Any] | None]
"""Performs the scheduled work; returns further fields of its log line."""


class Schedule:
    """A Lambda handler of one tick: one JSON line and one metric, ``Schedules`` by schedule and outcome.

    ``run`` raises to have the tick repeated: the scheduler retries, and a repeated tick changes nothing.
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
            logger.info("schedule", schedule=self.name, outcome=outcome, milliseconds=milliseconds, **said)
            metrics = Metrics()
            metrics.count("Schedules", schedule=self.name, outcome=outcome)
            metrics.flush()
