"""Runs a use case: reads, decides, and commits once; anew when what it read was changed meanwhile."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from invoicing.domain.errors import Unavailable
from invoicing.operations.changes import ChangedMeanwhile, Changes, Mark, Ref
from invoicing.operations.ports import NewId, NewSecret, Store

PATIENCE = 8.0
"""Seconds after which a use case that is always overtaken by others is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One attempt at one use case for one account (`invoicing.domain.access.partition`)."""

    account: str
    now: datetime
    store: Store
    new_id: NewId
    new_secret: NewSecret
    changes: Changes = field(default_factory=Changes)


def carry_out[R](
    start: Callable[[Changes], Work],
    use_case: Callable[[Work], R],
    mark: Callable[[R], Mark | None] = lambda _: None,
) -> R:
    """Run a use case and commit what it changed, together with the idempotency mark of its result.

    Runs anew after a collision, with a random pause that keeps many writers of one thing from moving in step;
    `Unavailable` when `PATIENCE` runs out.
    """
    outdated: frozenset[Ref[Any]] = frozenset()
    give_up = time.monotonic() + PATIENCE
    pause = 0.005
    while True:
        work = start(Changes(outdated))
        result = use_case(work)
        try:
            if work.changes:
                work.store.commit(work.changes, mark(result))
        except ChangedMeanwhile as collision:
            outdated |= collision.refs
        else:
            return result
        if time.monotonic() > give_up:
            raise Unavailable("SERVICE_UNAVAILABLE", "Too many changes at once; repeat the request.")
        time.sleep(random.uniform(0, pause))  # noqa: S311
        pause = min(pause * 2, 1.0)
