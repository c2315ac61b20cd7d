"""Keys of due work: a sparse index of everything that waits for an instant, spread over shards.

An entity stands in one shard: of live mode by its id; of test mode by its account, so that a test clock finds the work
of its account in one; and with a test clock, in a shard of the account's own that no tick reads. Its range key begins
with the instant, and says all that a `DueEntry` has but the account.
"""

from datetime import datetime
from typing import Any
from zlib import crc32

from invoicing.domain.access.caller import split_partition
from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import DueEntry, DueWork, Work
from invoicing.storage.dynamodb.index import SEPARATOR

BY_DUE_WORK = "by_due_work"
SHARDS = 8
"""The shards of each mode: at most as many times the writes of one partition can be due at one instant."""

JOBS_SHARD = "jobs"
"""The shard of jobs, which run in real time in both modes."""


def due_work_values(kind: str, identifier: str, due: DueWork, shard: str) -> dict[str, str]:
    """Return the attributes that enter an entity into the index."""
    key = SEPARATOR.join((instant_text(due.at), f"{due.work:d}", kind, identifier))
    return {"due_shard": shard, "due_at": key}


def shard_of(account: str, identifier: str, *, has_clock: bool) -> str:
    """Return the shard of an entity; ``has_clock`` says whether its account has a test clock."""
    if has_clock:
        return shard_of_clock(account)
    _, mode = split_partition(account)
    spread_by = account if mode == "test" else identifier
    return f"{mode}#{crc32(spread_by.encode()) % SHARDS}"


def shard_of_clock(account: str) -> str:
    """Return the shard of an account with a test clock."""
    return f"clock#{account}"


def shards_of_ticks() -> list[str]:
    """Return the shards that each tick reads."""
    return [f"{mode}#{number}" for mode in ("live", "test") for number in range(SHARDS)]


def end_of_instant(instant: datetime) -> str:
    """Return a key after those of all work due by an instant, and before all others."""
    return instant_text(instant) + SEPARATOR + "~"


def entry_of(item: dict[str, Any]) -> DueEntry:
    """Read the entry of an item of the index."""
    at, work, kind, identifier = item["due_at"]["S"].split(SEPARATOR, 3)
    return DueEntry(datetime.fromisoformat(at), Work(int(work)), identifier, kind, item["pk"]["S"])
