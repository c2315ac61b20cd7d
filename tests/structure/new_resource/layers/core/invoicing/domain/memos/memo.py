"""Memos: short texts of an account."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A short text of an account; it never changes."""

    account: str
    id: str
    version: int = 1
    sequence: int = field(default=0, compare=False)  # an event alone changes nothing
    text: str
    created_at: datetime
