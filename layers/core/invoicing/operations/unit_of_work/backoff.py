"""Backoff after write conflicts: when a use case may be retried."""

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
"""Seconds reserved for one attempt to take a number, at first and at most.

The first is about one read and one transaction; each retry doubles it.
"""


class Backoff:
    """Backoff of one use case after a write conflict; gives up after ``patience`` seconds.

    Most use cases conflict with one other, and a short random pause is enough. Hundreds may want numbers of one series
    at the same time: they would spend their time, and their account's write units, on conflicts. So each reserves the
    next slot in the series schedule, and is retried when it begins. Slots only save attempts: the conditions of the
    transaction assign each number once, so a slot that is lost or too short costs one attempt.
    """

    def __init__(self, store: Store, patience: float) -> None:
        self._store = store
        self._gives_up = time.monotonic() + patience
        self._pause = FIRST_PAUSE
        self._slot = SLOT

    def wait(self, contended: Iterable[Ref[Any]]) -> bool:
        """Wait until the next attempt, with ``contended`` entities in conflict. False when it would begin too late."""
        series = next((ref for ref in contended if ref.kind is NumberSeries), None)
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
        """Return the seconds until the reserved slot; None when there is none within ``left``.

        A slot that nobody uses would delay all later ones.
        """
        now, length = time.time(), self._slot
        self._slot = min(self._slot * 2, LONGEST_SLOT)
        begins = self._store.reserve_slot(series, now=now, latest=now + left, length=length)
        return None if begins is None else max(0.0, begins - now)
