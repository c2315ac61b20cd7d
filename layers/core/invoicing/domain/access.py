"""API keys: what a request may do, and how many more of them this hour."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

KEY_PATTERN = re.compile(r"sk_(live|test)_[A-Za-z0-9_-]{32}")
HOUR = 3600
"""Seconds of the window in which the requests of a key are counted; windows start on the full hour."""

STANDARD_LIMIT = 1000
"""Requests per key and hour on the standard plan; professional has 10,000, enterprise what the account agreed."""

Mode = Literal["live", "test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as stored: ``hash`` is the SHA-256 of the secret in hex, the secret itself is nowhere."""

    hash: str
    id: str
    account: str
    mode: Mode
    scopes: tuple[str, ...]
    requests_per_hour: int
    last_four: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who a request comes from; ``account`` is the partition that all its data lie in."""

    account: str
    key_id: str
    mode: Mode
    scopes: frozenset[str]
    requests_per_hour: int
    requests_used: int
    window_ends: int

    def may(self, scope: str) -> bool:
        """Whether the key has a scope such as ``invoices:write``; ``*`` is all of them."""
        return "*" in self.scopes or scope in self.scopes


def partition(account_id: str, mode: Mode) -> str:
    """Test data lie in a partition of their own, so that no query can mix them with live ones."""
    return account_id if mode == "live" else f"{account_id}#test"
