"""Stand-in for the API keys."""

from datetime import datetime

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import HOUR, Caller
from invoicing.domain.errors import Unauthenticated
from tests.fakes import FakeStore


class FakeApiKeys:
    """The keys of a store in memory, without a limit."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def of(self, account: str) -> list[ApiKey]:
        return [key for key in self._store.all(ApiKey) if key.account == account]

    def find(self, account: str, key_id: str) -> ApiKey | None:
        return next((key for key in self.of(account) if key.id == key_id), None)

    def use(self, key_hash: str, now: datetime) -> Caller:
        key = next((key for key in self._store.all(ApiKey) if key.hash == key_hash), None)
        if key is None or not key.is_usable(now):
            is_revoked = key is not None and key.revoked_at is not None
            raise Unauthenticated("key_revoked" if is_revoked else "invalid_api_key", "The API key is not valid.")
        return Caller(
            account=key.account,
            key_id=key.id,
            mode=key.mode,
            scopes=frozenset(key.scopes),
            requests_per_hour=key.requests_per_hour,
            requests_used=1,
            window_ends=(int(now.timestamp()) // HOUR + 1) * HOUR,
            clock=key.clock,
        )
