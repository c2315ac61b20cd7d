"""Making and finding API keys: what the use cases that manage them have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller, hash_of
from invoicing.domain.errors import PermissionDenied, not_found
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A new key with its ``secret``, which is shown this once."""

    key: ApiKey
    secret: str


def issue_key(
    uow: UnitOfWork, caller: Caller, *, name: str | None, scopes: tuple[str, ...], expires_at: datetime | None
) -> IssuedKey:
    """A new key of the caller's account and mode, with the caller's hourly limit.

    `PermissionDenied` ``INSUFFICIENT_SCOPE`` when it would have a scope that the caller has not.
    """
    require_scopes(caller, scopes)
    secret = f"sk_{caller.mode}_{uow.new_secret()}"
    key = ApiKey(
        hash=hash_of(secret),
        id=uow.new_id("key"),
        account=uow.account,
        name=name,
        mode=caller.mode,
        scopes=scopes,
        requests_per_hour=caller.requests_per_hour,
        last_four=secret[-4:],
        created_at=uow.now,
        expires_at=expires_at,
    )
    uow.changes.save(key)
    return IssuedKey(key=key, secret=secret)


def require_scopes(caller: Caller, scopes: Iterable[str]) -> None:
    """`PermissionDenied` ``INSUFFICIENT_SCOPE`` unless the caller has all of these scopes."""
    lacking = [scope for scope in scopes if not caller.may(scope)]
    if lacking:
        raise PermissionDenied(
            "INSUFFICIENT_SCOPE", f"This key cannot grant what it does not have: {', '.join(lacking)}."
        )


def find_key(uow: UnitOfWork, keys: ApiKeys, key_id: str) -> ApiKey:
    """A key of this account and mode; `NotFound` ``API_KEY_NOT_FOUND``."""
    key = keys.find(uow.account, key_id)
    if key is None:
        raise not_found("ApiKey", key_id)
    return key
