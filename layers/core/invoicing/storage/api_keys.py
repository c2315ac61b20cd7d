"""API keys in DynamoDB: one conditional update checks a key and counts its request."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from invoicing.domain.access.caller import HOUR, Caller, Mode
from invoicing.domain.errors import RateLimited, Unauthenticated
from invoicing.storage.dynamodb.clock_codec import clock_from
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import table_name

if TYPE_CHECKING:
    from invoicing.domain.access.api_key import ApiKey

BY_ACCOUNT = "by_account"
"""The index of an account's keys by id: keys only, so that counting a request costs no second write."""

MOST_AT_ONCE = 100
"""The most keys that DynamoDB reads in one request."""

LONGEST_KEY_ID = 1024
"""The most bytes of a sort key in DynamoDB."""

type Item = dict[str, Any]
"""An item as DynamoDB writes it."""


# As text, because every request to the API sends it, and PynamoDB would compose it each time.
_USABLE = "attribute_not_exists(revoked_at) AND (attribute_not_exists(expires_at) OR expires_at > :now)"
_IN_THIS_HOUR = f"#hour >= :hour AND requests_used < requests_per_hour AND {_USABLE}"
_IN_ANOTHER_HOUR = f"#hour < :hour AND {_USABLE}"
_COUNT = "ADD requests_used :one"
_OPEN_HOUR = "SET #hour = :hour, requests_used = :one"


class DynamoApiKeys:
    """The keys of all accounts (`invoicing.operations.unit_of_work.ports.ApiKeys`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def use(self, key_hash: str, now: datetime) -> Caller:
        """Check a key and count one request: one update, and one more for the first request of an hour.

        `Unauthenticated` for an unknown, expired or revoked key; `RateLimited` when its hour is used up. A late
        request, after another one has opened the next hour, counts in that hour.
        """
        counted, key = self._update(key_hash, _COUNT, _IN_THIS_HOUR, now)
        if not counted:
            key = _require_usable(key, now)
            if int(key["hour"]["N"]) >= _hour(now):
                raise _used_up(key, now)
            counted, key = self._update(key_hash, _OPEN_HOUR, _IN_ANOTHER_HOUR, now)
        if key is None or not counted:
            # Another request opened the hour, or the key was revoked, between the two updates.
            return self.use(key_hash, now)
        return _caller(key)

    def of(self, account: str) -> list[ApiKey]:
        """Return all keys of an account in one mode: ids from the index, then the keys, 100 in a request."""
        hashes = self._hashes("account = :account", {":account": {"S": account}})
        return [
            key for start in range(0, len(hashes), MOST_AT_ONCE) for key in self._read(hashes[start:][:MOST_AT_ONCE])
        ]

    def find(self, account: str, key_id: str) -> ApiKey | None:
        """Return a key of an account in one mode, strongly consistent, or None; two requests."""
        if not key_id or len(key_id.encode()) > LONGEST_KEY_ID:
            return None
        values = {":account": {"S": account}, ":key_id": {"S": key_id}}
        found = self._read(self._hashes("account = :account AND key_id = :key_id", values))
        return found[0] if found else None

    def _hashes(self, condition: str, values: dict[str, Any]) -> list[str]:
        request: dict[str, Any] = {
            "TableName": table_name("api_keys"),
            "IndexName": BY_ACCOUNT,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
        }
        return [item["pk"]["S"] for item in self._database.items(request)]

    def _read(self, hashes: list[str]) -> list[ApiKey]:
        keys = [{"pk": {"S": key_hash}} for key_hash in hashes]
        wanted: Any = {table_name("api_keys"): {"Keys": keys, "ConsistentRead": True}} if keys else {}
        return [_record().entity_of(item) for _, item in self._database.read_all(wanted)]

    def _update(
        self, key_hash: str, update: str, condition: str, now: datetime, patience: int = 5
    ) -> tuple[bool, Item | None]:
        """Update a key; return whether the condition held, and the item: after the update if so, else unchanged."""
        request: dict[str, Any] = {
            "TableName": table_name("api_keys"),
            "Key": {"pk": {"S": key_hash}},
            "UpdateExpression": update,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#hour": "hour"},
            "ExpressionAttributeValues": {
                ":hour": {"N": str(_hour(now))},
                ":now": {"N": str(int(now.timestamp()))},
                ":one": {"N": "1"},
            },
        }
        try:
            return self._database.update(request)
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionConflictException" or not patience:
                raise
            # A rotation or revocation of the key is in progress.
            time.sleep(0.02)
            return self._update(key_hash, update, condition, now, patience - 1)


def _record() -> Any:
    """Load the record, which only functions that manage keys need."""
    from invoicing.storage.kinds.api_keys import ApiKeyRecord  # noqa: PLC0415

    return ApiKeyRecord


def _hour(now: datetime) -> int:
    return int(now.timestamp()) // HOUR


def _require_usable(key: Item | None, now: datetime) -> Item:
    if key is None:
        raise Unauthenticated("invalid_api_key", "The API key is not valid.")
    if "revoked_at" in key:
        raise Unauthenticated("key_revoked", "The API key has been revoked.")
    if "expires_at" in key and int(key["expires_at"]["N"]) <= now.timestamp():
        raise Unauthenticated("invalid_api_key", "The API key has expired.")
    return key


def _used_up(key: Item, now: datetime) -> RateLimited:
    caller = _caller(key)
    seconds = max(1, caller.window_ends - int(now.timestamp()))
    message = (
        f"The API key has made its {caller.requests_per_hour:,} requests of this hour; retry in {seconds} seconds."
    )
    return RateLimited(message, caller, seconds)


def _caller(key: Item) -> Caller:
    return Caller(
        account=key["account"]["S"],
        key_id=key["key_id"]["S"],
        mode=cast(Mode, key["mode"]["S"]),
        scopes=frozenset(key["scopes"]["S"].split()),
        requests_per_hour=int(key["requests_per_hour"]["N"]),
        requests_used=int(key["requests_used"]["N"]),
        window_ends=(int(key["hour"]["N"]) + 1) * HOUR,
        clock=clock_from(key["clock"]["S"]) if "clock" in key else None,
    )
