"""Runs a use case: reads, decides, and commits once; anew when what it read was changed meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from invoicing.domain.errors import Unavailable
from invoicing.operations.changes import ChangedMeanwhile, Changes, Mark, Ref
from invoicing.operations.ports import NewId, NewSecret, Store
from invoicing.operations.turns import Turn

PATIENCE = 20.0
"""Seconds after which a use case that is always overtaken by others is given up: API Gateway waits for 30."""


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

    Runs anew after a collision, when it is its turn; `Unavailable` when `PATIENCE` runs out. A use case that reads
    twice may find out itself that what it read first was changed since: it raises `ChangedMeanwhile`.
    """
    outdated: frozenset[Ref[Any]] = frozenset()
    turn: Turn | None = None
    while True:
        work = start(Changes(outdated))
        try:
            result = use_case(work)
            if work.changes:
                work.store.commit(work.changes, mark(result))
        except ChangedMeanwhile as collision:
            outdated |= collision.refs
            turn = turn or Turn(work.store, PATIENCE)
            if not turn.comes(collision.met):
                message = "Too many changes at once; repeat the request with the same Idempotency-Key."
                raise Unavailable("SERVICE_UNAVAILABLE", message, retry_after=round(PATIENCE / 2)) from collision
        else:
            return result
