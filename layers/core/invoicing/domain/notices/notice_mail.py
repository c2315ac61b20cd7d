"""Notices that were sent: which e-mails each names."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeMail:
    """A notice that the account is sent on the civil date ``day``; its delivery names it.

    ``delivery_ids`` are the e-mails that it names, and ``count`` is how many failed. ``sequence`` counts its events.
    """

    account: str
    id: str
    version: int = 1
    sequence: int = 0
    day: date
    delivery_ids: tuple[str, ...]
    count: int
    created_at: datetime

    @property
    def unnamed(self) -> int:
        """How many e-mails failed that it does not name."""
        return self.count - len(self.delivery_ids)
