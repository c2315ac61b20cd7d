"""Backoff after write conflicts: when a use case that met another one may be retried."""

import random
import time
from collections.abc import Iterable
from typing import Any

from invoicing.domain.numbering.series import NumberSeries
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.ports import Store

FIRST_PAUSE, LONGEST_PAUSE = 0.005, 1.0
"""Seconds; a pause is random up to a bound that doubles with each conflict."""

SLOT, LONGEST_SLOT = 0.04, 0.32
"""Seconds that one attempt to take a number has for itself: about what a read and a transaction take. After one that
proved too short comes one twice as long, up to the longest."""


class Backoff:
    """Backoff of one use case after a write conflict; gives up after ``patience`` seconds.

    Most use cases meet one other, and a short random pause is all they need. A number series is what hundreds may want
    to change at the same time, one after the other: they would spend their time, and their account's write units, on
    conflicts. So each reserves the next slot of time in the schedule of the series, and is retried when it begins.
    Slots only save attempts: that each number is given once is held by the conditions of the transaction, so a slot
    that is lost, or that was too short, costs an attempt and no more.
    """

    def __init__(self, store: Store, patience: float) -> None:
        self._store = store
        self._gives_up = time.monotonic() + patience
        self._pause = FIRST_PAUSE
        self._slot = SLOT

    def wait(self, met: Iterable[Ref[Any]]) -> bool:
        """Wait until the next attempt; ``met`` is what the conflict was about. False when it would come too late."""
        series = next((ref for ref in met if ref.kind is NumberSeries), None)
        left = self._gives_up - time.monotonic()
        if left <= 0:
            return False
        pause = self._random_pause() if series is None else self._until_slot(series, left)
        if pause is None or pause > left:
            return False
        time.sleep(pause)
        return True

    def _random_pause(self) -> float:
        pause = random.uniform(0, self._pause)  # noqa: S311
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def _until_slot(self, series: Ref[NumberSeries], left: float) -> float | None:
        """Seconds until the slot that was taken begins; None when there is none within those that are ``left``.

        A slot that nobody waits for would delay all who come after.
        """
        now, length = time.time(), self._slot
        self._slot = min(self._slot * 2, LONGEST_SLOT)
        begins = self._store.reserve_slot(series, now=now, latest=now + left, length=length)
        return None if begins is None else max(0.0, begins - now)
