"""Replace an API key by a new one that may do the same."""

from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.errors import Conflict
from invoicing.operations.account._api_keys import IssuedKey, find_key, issue_key
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def rotate_api_key(uow: UnitOfWork, keys: ApiKeys, caller: Caller, key_id: str, grace_period: timedelta) -> IssuedKey:
    """A key with the same name, scopes and expiry; the old one is accepted until the grace period is over.

    Both in one transaction. `NotFound` ``API_KEY_NOT_FOUND``; `PermissionDenied` ``INSUFFICIENT_SCOPE`` when the old
    key may do more than the caller; `Conflict` ``INVALID_API_KEY_STATE`` when it is revoked, expired or replaced.
    """
    old = find_key(uow, keys, key_id)
    if old.replaced_by is not None or not old.is_usable(uow.now):
        raise Conflict("INVALID_API_KEY_STATE", "Only a key that is in use, and not replaced yet, can be rotated.")
    issued = issue_key(uow, caller, name=old.name, scopes=old.scopes, expires_at=old.expires_at)
    ends = _earlier(old, uow.now + grace_period)
    uow.changes.save(replace(old, version=old.version + 1, expires_at=ends, replaced_by=issued.key.id))
    return issued


def _earlier(key: ApiKey, moment: datetime) -> datetime:
    return moment if key.expires_at is None else min(key.expires_at, moment)
