"""API keys in DynamoDB: one conditional update checks a key and counts its request."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from botocore.exceptions import ClientError
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from invoicing.domain.access import HOUR, ApiKey, Caller, Mode
from invoicing.domain.errors import RateLimited, Unauthenticated
from invoicing.storage.database import Database


class ApiKeyRecord(Model):
    """An API key under the SHA-256 of its secret, with the count of this hour's requests."""

    table = "api_keys"

    class Meta:
        table_name = ""

    pk = UnicodeAttribute(hash_key=True)
    key_id = UnicodeAttribute()
    account = UnicodeAttribute()
    mode = UnicodeAttribute()
    scopes = UnicodeAttribute()
    last_four = UnicodeAttribute()
    created_at = UnicodeAttribute()
    requests_per_hour = NumberAttribute()
    hour = NumberAttribute(default=0)
    requests_used = NumberAttribute(default=0)
    expires_at = NumberAttribute(null=True)
    revoked_at = UnicodeAttribute(null=True)


class DynamoApiKeys:
    """The keys of all accounts (`invoicing.operations.ports.ApiKeys`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def use(self, key_hash: str, now: datetime) -> Caller:
        """Check a key and count one request: one update, and one more for the first request of an hour.

        `Unauthenticated` for an unknown, expired or revoked key; `RateLimited` when its hour is used up. A request
        that comes late, when another one has opened the next hour, is counted in that one.
        """
        hour = int(now.timestamp()) // HOUR
        room = ApiKeyRecord.requests_used < ApiKeyRecord.requests_per_hour
        count = [ApiKeyRecord.requests_used.add(1)]
        counted, key = self._update(key_hash, count, (ApiKeyRecord.hour >= hour) & room & _usable(now))
        if not counted:
            key = _require_usable(key, now)
            if key.hour >= hour:
                raise _used_up(key, now)
            start = [ApiKeyRecord.hour.set(hour), ApiKeyRecord.requests_used.set(1)]
            counted, key = self._update(key_hash, start, (ApiKeyRecord.hour < hour) & _usable(now))
        if not counted:
            # Another request opened the hour, or the key was revoked, between the two updates.
            return self.use(key_hash, now)
        return _caller(cast(ApiKeyRecord, key))

    def add(self, key: ApiKey) -> None:
        """Store a new key."""
        record = ApiKeyRecord(
            key.hash,
            key_id=key.id,
            account=key.account,
            mode=key.mode,
            scopes=" ".join(key.scopes),
            last_four=key.last_four,
            created_at=key.created_at.isoformat(),
            requests_per_hour=key.requests_per_hour,
        )
        request = record.get_save_kwargs_from_instance(condition=ApiKeyRecord.pk.does_not_exist())
        self._database.dispatch("PutItem", request)

    def _update(
        self, key_hash: str, actions: Sequence[Action], condition: Condition
    ) -> tuple[bool, ApiKeyRecord | None]:
        """Whether the condition held, and the key: after the update if it did, else as it is."""
        request = ApiKeyRecord(key_hash).get_update_kwargs_from_instance(
            actions=list(actions), condition=condition, return_values_on_condition_failure="ALL_OLD"
        )
        try:
            answer = self._database.dispatch("UpdateItem", request | {"ReturnValues": "ALL_NEW"})
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            # PynamoDB's error leaves the item out; botocore's own, its cause, has it.
            item = cast(ClientError, error.__cause__).response.get("Item")
            return False, ApiKeyRecord.from_raw_data(cast(dict[str, Any], item)) if item else None
        return True, ApiKeyRecord.from_raw_data(answer["Attributes"])


def _usable(now: datetime) -> Condition:
    unexpired = ApiKeyRecord.expires_at.does_not_exist() | (ApiKeyRecord.expires_at > int(now.timestamp()))
    usable: Condition = ApiKeyRecord.revoked_at.does_not_exist() & unexpired
    return usable


def _require_usable(key: ApiKeyRecord | None, now: datetime) -> ApiKeyRecord:
    if key is None:
        raise Unauthenticated("invalid_api_key", "No such API key.")
    if key.revoked_at:
        raise Unauthenticated("key_revoked", "This API key was revoked.")
    if key.expires_at and key.expires_at <= now.timestamp():
        raise Unauthenticated("invalid_api_key", "This API key has expired.")
    return key


def _used_up(key: ApiKeyRecord, now: datetime) -> RateLimited:
    caller = _caller(key)
    return RateLimited(
        f"This key has used its {caller.requests_per_hour} requests of this hour.",
        caller,
        max(1, caller.window_ends - int(now.timestamp())),
    )


def _caller(key: ApiKeyRecord) -> Caller:
    return Caller(
        account=key.account,
        key_id=key.key_id,
        mode=cast(Mode, key.mode),
        scopes=frozenset(key.scopes.split()),
        requests_per_hour=int(key.requests_per_hour),
        requests_used=int(key.requests_used),
        window_ends=(int(key.hour) + 1) * HOUR,
    )
