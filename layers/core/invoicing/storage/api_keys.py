"""API keys in DynamoDB: one conditional update checks a key and counts its request."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Self, cast

from botocore.exceptions import ClientError
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from invoicing.domain.access import HOUR, ApiKey, Caller, Mode
from invoicing.domain.errors import RateLimited, Unauthenticated
from invoicing.storage.database import Database

BY_ACCOUNT = "by_account"
"""The index of an account's keys by their ids: keys only, so that counting requests costs no second write."""

MOST_AT_ONCE = 100
"""Keys that DynamoDB reads in one request."""


LONGEST_KEY_ID = 1024
"""Bytes that DynamoDB takes as a sort key."""


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
    version = NumberAttribute(default=1)
    name = UnicodeAttribute(null=True)
    replaced_by = UnicodeAttribute(null=True)
    requests_per_hour = NumberAttribute()
    hour = NumberAttribute(default=0)
    requests_used = NumberAttribute(default=0)
    expires_at = NumberAttribute(null=True)
    revoked_at = UnicodeAttribute(null=True)

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """The item of a key. Written over one in use, it may set the hour's count back by the last few requests."""
        return cls(
            key.hash,
            key_id=key.id,
            account=key.account,
            version=key.version,
            name=key.name,
            mode=key.mode,
            scopes=" ".join(key.scopes),
            last_four=key.last_four,
            created_at=key.created_at.isoformat(),
            requests_per_hour=key.requests_per_hour,
            hour=key.hour,
            requests_used=key.requests_used,
            expires_at=int(key.expires_at.timestamp()) if key.expires_at else None,
            revoked_at=key.revoked_at.isoformat() if key.revoked_at else None,
            replaced_by=key.replaced_by,
        )

    def entity(self) -> ApiKey:
        """The key that is stored."""
        return ApiKey(
            hash=self.pk,
            id=self.key_id,
            account=self.account,
            version=int(self.version),
            name=self.name,
            mode=cast(Mode, self.mode),
            scopes=tuple(self.scopes.split()),
            last_four=self.last_four,
            created_at=datetime.fromisoformat(self.created_at),
            requests_per_hour=int(self.requests_per_hour),
            hour=int(self.hour),
            requests_used=int(self.requests_used),
            expires_at=datetime.fromtimestamp(self.expires_at, UTC) if self.expires_at else None,
            revoked_at=datetime.fromisoformat(self.revoked_at) if self.revoked_at else None,
            replaced_by=self.replaced_by,
        )


_COUNT = [ApiKeyRecord.requests_used.add(1)]
_ROOM = ApiKeyRecord.requests_used < ApiKeyRecord.requests_per_hour
_UNREVOKED = ApiKeyRecord.revoked_at.does_not_exist()
_ENDLESS = ApiKeyRecord.expires_at.does_not_exist()


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
        counted, key = self._update(key_hash, _COUNT, (ApiKeyRecord.hour >= hour) & _ROOM & _usable(now))
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
        request = ApiKeyRecord.of(key).get_save_kwargs_from_instance(condition=ApiKeyRecord.pk.does_not_exist())
        self._database.dispatch("PutItem", request)

    def of(self, account: str) -> list[ApiKey]:
        """All keys of an account in one mode: their names from the index, then the keys, 100 in a request."""
        hashes = self._hashes("account = :account", {":account": {"S": account}})
        return [
            key for start in range(0, len(hashes), MOST_AT_ONCE) for key in self._read(hashes[start:][:MOST_AT_ONCE])
        ]

    def find(self, account: str, key_id: str) -> ApiKey | None:
        """A key of an account in one mode, as it is now, or None; two requests."""
        if not key_id or len(key_id.encode()) > LONGEST_KEY_ID:
            return None
        values = {":account": {"S": account}, ":key_id": {"S": key_id}}
        found = self._read(self._hashes("account = :account AND key_id = :key_id", values))
        return found[0] if found else None

    def _hashes(self, condition: str, values: dict[str, Any]) -> list[str]:
        request: dict[str, Any] = {
            "TableName": ApiKeyRecord.Meta.table_name,
            "IndexName": BY_ACCOUNT,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
        }
        hashes: list[str] = []
        while True:
            answer = self._database.dispatch("Query", request)
            hashes += [item["pk"]["S"] for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return hashes
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _read(self, hashes: list[str]) -> list[ApiKey]:
        keys = [{"pk": {"S": key_hash}} for key_hash in hashes]
        wanted: Any = {ApiKeyRecord.Meta.table_name: {"Keys": keys, "ConsistentRead": True}} if keys else {}
        found: list[ApiKey] = []
        while wanted:
            answer = self._database.dispatch("BatchGetItem", {"RequestItems": wanted})
            items = answer["Responses"].get(ApiKeyRecord.Meta.table_name, [])
            found += [ApiKeyRecord.from_raw_data(item).entity() for item in items]
            wanted = answer.get("UnprocessedKeys")
        return found

    def _update(
        self, key_hash: str, actions: Sequence[Action], condition: Condition, patience: int = 5
    ) -> tuple[bool, ApiKeyRecord | None]:
        """Whether the condition held, and the key: after the update if it did, else as it is."""
        request = ApiKeyRecord(key_hash).get_update_kwargs_from_instance(
            actions=list(actions), condition=condition, return_values_on_condition_failure="ALL_OLD"
        )
        try:
            answer = self._database.dispatch("UpdateItem", request | {"ReturnValues": "ALL_NEW"})
        except ClientError as error:
            if error.response["Error"]["Code"] == "TransactionConflictException" and patience:
                # It is just being rotated or revoked.
                time.sleep(0.02)
                return self._update(key_hash, actions, condition, patience - 1)
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            # PynamoDB's error leaves the item out; botocore's own, its cause, has it.
            item = cast(ClientError, error.__cause__).response.get("Item")
            return False, ApiKeyRecord.from_raw_data(cast(dict[str, Any], item)) if item else None
        return True, ApiKeyRecord.from_raw_data(answer["Attributes"])


def _usable(now: datetime) -> Condition:
    usable: Condition = _UNREVOKED & (_ENDLESS | (ApiKeyRecord.expires_at > int(now.timestamp())))
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
