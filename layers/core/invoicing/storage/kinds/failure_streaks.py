"""Streaks of failures of mailboxes, beside their deliveries."""

from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.deliveries.suppression import FailureStreak
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

STREAKS_KEPT = timedelta(days=400)


def streak_from(values: dict[str, Any]) -> FailureStreak:
    """Read the streak of an unpacked item."""
    return FailureStreak(**values | {"failed": tuple(values["failed"])})


@stores(FailureStreak)
class FailureStreakRecord(DocumentRecord):
    """A streak; it expires after its latest delivery does."""

    read = streak_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"failures#{identifier}"

    @classmethod
    def values(cls, entity: FailureStreak) -> dict[str, Any]:
        latest = max((*entity.failed, entity.delivered))
        return super().values(entity) | {"expires_at": expires_at(latest, STREAKS_KEPT)}
