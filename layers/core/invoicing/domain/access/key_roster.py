"""What holds for all API keys of an account together: how many there are, and that one can always manage them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from invoicing.dataclass import dataclass
from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Mode, split_partition
from invoicing.domain.errors import Conflict

ROSTER = "api_keys"
"""The id of an account's only roster in one mode."""

MOST_KEYS: Mapping[Mode, int] = {"live": 100, "test": 50}
"""Usable keys of an account."""

_FOREVER = datetime.max.replace(tzinfo=UTC)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsableKey:
    """What a roster knows of a key; the fields are those of `ApiKey`."""

    id: str
    is_admin: bool
    expires_at: datetime | None = None
    replaced_by: str | None = None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """The entry of a key."""
        return cls(id=key.id, is_admin=key.is_admin, expires_at=key.expires_at, replaced_by=key.replaced_by)

    @property
    def ends(self) -> datetime:
        """When it expires, the end of time for a key that does not."""
        return self.expires_at or _FOREVER


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRoster:
    """The usable keys of an account in one mode.

    Every change of a key is also a change of its roster, in the same transaction: of two changes at once, each of
    which would be right alone, one meets a write conflict and is decided again.
    """

    account: str
    id: str = ROSTER
    version: int = 0
    keys: tuple[UsableKey, ...] = ()

    def at(self, now: datetime) -> Self:
        """The roster without the keys that have expired."""
        return replace(self, keys=tuple(key for key in self.keys if key.ends > now))

    def find(self, key_id: str) -> UsableKey | None:
        """The entry of a key, None when it is not usable."""
        return next((key for key in self.keys if key.id == key_id), None)

    def succeeds(self, key_id: str, other_id: str) -> bool:
        """Whether a key came of another one by rotation, directly or over usable keys in between."""
        other = self.find(other_id)
        while other is not None and other.replaced_by is not None:
            if other.replaced_by == key_id:
                return True
            other = self.find(other.replaced_by)
        return False

    def with_room(self) -> Self:
        """The roster, which has room for another key; `Conflict` ``TOO_MANY_API_KEYS``."""
        _, mode = split_partition(self.account)
        if len(self.keys) >= MOST_KEYS[mode]:
            message = f"An account has at most {MOST_KEYS[mode]} usable API keys in {mode} mode. Revoke one first."
            raise Conflict("TOO_MANY_API_KEYS", message)
        return self

    def with_new(self, key: ApiKey) -> Self:
        """The roster with another key."""
        return replace(self, keys=(*self.keys, UsableKey.of(key)))

    def with_ended(self, key: ApiKey, now: datetime) -> Self:
        """The roster after a key was revoked or made to expire.

        `Conflict` ``LAST_ADMIN_KEY`` when the account would be without an admin key, or would be sooner than it is
        with this key: another one makes up for it when it does not expire earlier.
        """
        others = tuple(other for other in self.keys if other.id != key.id)
        after = replace(self, keys=(*others, UsableKey.of(key)) if key.is_usable(now) else others)
        if after.has_admin_until < self.has_admin_until:
            raise Conflict(
                "LAST_ADMIN_KEY",
                "No other API key with account:write remains usable for as long as this one."
                " Create another key with account:write first, or rotate with a grace period.",
            )
        return after

    @property
    def has_admin_until(self) -> datetime:
        """When the last admin key expires, long ago where there is none."""
        return max((key.ends for key in self.keys if key.is_admin), default=_LONG_AGO)
