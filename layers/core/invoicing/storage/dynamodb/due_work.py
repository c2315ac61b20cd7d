"""Keys of due work: a sparse index of everything that waits for an instant, spread over shards.

An entity stands in one shard: of live mode by its id; of test mode by its account, so that a test clock finds the work
of its account in one; and with a test clock, in a shard of the account's own that no tick reads. Its range key begins
with the instant, the work and the id, written short, as an item costs a write unit more with each kilobyte. The item's
own key names the entity; its kind follows from the table or, where a table has several, from the end of the range key.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from invoicing.domain.access.caller import split_partition
from invoicing.domain.due_work import DueEntry, DueWork, Work
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.index import SEPARATOR, short_id
from invoicing.storage.kinds import DUE_KINDS, prefix_of

BY_DUE_WORK = "by_due_work"
SHARDS = 8
"""The shards of each mode: at most as many times the writes of one partition can be due at one instant."""

JOBS_SHARD = "jobs"
"""The shard of jobs, which run in real time in both modes."""

_EPOCH, _MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)
_LESS_THAN_MILLISECOND = timedelta(microseconds=999)
_DIGITS = 12
"""Enough for the year 9999."""

_OF_TABLE = {table: kind for kind, table in reversed(DUE_KINDS.items())}
"""The first kind of each table, which its keys do not name."""


def due_work_values(kind: str, identifier: str, due: DueWork, shard: str) -> dict[str, str]:
    """Return the attributes that enter an entity into the index."""
    return {"due_shard": shard, "due_at": due_key(kind, identifier, due)}


def due_key(kind: str, identifier: str, due: DueWork) -> str:
    """Return the range key of an entity, which sorts as its `DueEntry` does; its work is due by the instant in it."""
    key = f"{_written(due.at + _LESS_THAN_MILLISECOND)}{due.work:d}{short_id(identifier)}"
    return key if kind in _OF_TABLE.values() else f"{key}{SEPARATOR}{kind}"


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


def shard_of_webhook(account: str, webhook_id: str) -> str:
    """Return the shard of the deliveries that wait for an endpoint."""
    return f"webhook#{account}#{webhook_id}"


def shards_of_ticks() -> list[str]:
    """Return the shards that each tick reads."""
    return [f"{mode}#{number}" for mode in ("live", "test") for number in range(SHARDS)]


def end_of_instant(instant: datetime) -> str:
    """Return a key after those of all work due by an instant, and before all others."""
    return _written(instant) + HIGHEST


def entry_of(table: str, item: dict[str, Any]) -> DueEntry:
    """Read the entry of an item of the index of a table."""
    key, _, named = item["due_at"]["S"].partition(SEPARATOR)
    kind = named or _OF_TABLE[table]
    at, work = _EPOCH + int(key[:_DIGITS], 16) * _MILLISECOND, Work(int(key[_DIGITS]))
    return DueEntry(at, work, item["sk"]["S"].removeprefix(prefix_of(kind)), kind, item["pk"]["S"])


def _written(instant: datetime) -> str:
    """Write an instant to the millisecond, so that texts sort by time; one before 1970 is due as if it were then."""
    return f"{max(0, (instant - _EPOCH) // _MILLISECOND):0{_DIGITS}x}"
