"""API keys as they are kept."""

from datetime import UTC, datetime

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import HOUR, Mode, covers
from invoicing.domain.test_clocks.reading import ClockReading

MANAGES_KEYS = "account:write"
"""The scope that makes, rotates and revokes keys; a key with it, or with a wider one, is an admin key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as stored: ``hash`` is the SHA-256 of the secret in hex, the secret itself is nowhere.

    ``last_used`` is the full hour of its last accepted request. ``replaced_by`` is the id of the key that a rotation
    made of it. ``expires_at`` is a full second. ``hour`` (since the epoch) and ``requests_used`` count the requests of
    that hour. ``clock`` is the test clock of its account, copied here for the key check.
    """

    hash: str
    id: str
    account: str
    version: int = 1
    name: str | None = None
    mode: Mode
    scopes: tuple[str, ...]
    requests_per_hour: int
    last_four: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    replaced_by: str | None = None
    hour: int = 0
    requests_used: int = 0
    clock: ClockReading | None = None

    @property
    def last_used(self) -> datetime | None:
        """When the hour began in which it was last used."""
        return datetime.fromtimestamp(self.hour * HOUR, UTC) if self.hour else None

    @property
    def is_admin(self) -> bool:
        """Whether it can manage keys."""
        return covers(self.scopes, MANAGES_KEYS)

    def is_usable(self, now: datetime) -> bool:
        """Whether requests with it are accepted."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)
