"""Who a request comes from: what its key may do, and how many more requests this hour."""

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.access.resources import RESOURCES
from invoicing.domain.test_clocks.reading import ClockReading

KEY_PATTERN = re.compile(r"sk_(live|test)_[A-Za-z0-9_-]{32}")
HOUR = 3600
"""Seconds of the window in which the requests of a key are counted; windows start on the full hour."""

STANDARD_LIMIT = 1000
"""Requests per key and hour on the standard plan."""

Plan = Literal["standard", "professional", "enterprise"]
LIMITS: Mapping[Plan, int] = {"standard": STANDARD_LIMIT, "professional": 10_000}
"""Requests per key and hour by plan; on the enterprise plan they are agreed with each account."""

Mode = Literal["live", "test"]
TEST_SUFFIX = "#test"

ALL = "*"
SCOPES = frozenset({ALL, *(f"{resource}:{verb}" for resource in RESOURCES for verb in ("read", "write", "*"))})
"""Every scope that a key can have; ``invoices:*`` is reading and writing, ``*`` is all, also what comes later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who a request comes from; ``account`` is the partition that all its data lie in, ``clock`` its test clock."""

    account: str
    key_id: str
    mode: Mode
    scopes: frozenset[str]
    requests_per_hour: int
    requests_used: int
    window_ends: int
    clock: ClockReading | None = None

    def may(self, scope: str) -> bool:
        """Whether the key has a scope such as ``invoices:write``, by itself or within a wider one."""
        return covers(self.scopes, scope)


def covers(scopes: Collection[str], scope: str) -> bool:
    """Whether one of some scopes is another one, or wider than it."""
    resource = scope.partition(":")[0]
    return not {scope, f"{resource}:{ALL}", ALL}.isdisjoint(scopes)


def partition(account_id: str, mode: Mode) -> str:
    """Test data lie in a partition of their own, so that no query can mix them with live ones."""
    return account_id if mode == "live" else f"{account_id}{TEST_SUFFIX}"


def split_partition(account: str) -> tuple[str, Mode]:
    """The account's id and the mode that a partition is of."""
    account_id = account.removesuffix(TEST_SUFFIX)
    return account_id, "live" if account_id == account else "test"


def hash_of(secret: str) -> str:
    """What is stored of a key, and what it is found by."""
    return hashlib.sha256(secret.encode()).hexdigest()
