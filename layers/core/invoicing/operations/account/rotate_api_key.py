"""Replace an API key by a new one that may do the same."""

from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.access.key_roster import KeyRoster
from invoicing.domain.errors import Conflict
from invoicing.operations.account._api_keys import (
    IssuedKey,
    clock_of_keys,
    find_key,
    find_roster,
    issue_key,
    own_entry,
    require_no_longer_life,
    require_scopes,
    save_roster,
)
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def rotate_api_key(uow: UnitOfWork, keys: ApiKeys, caller: Caller, key_id: str, grace_period: timedelta) -> IssuedKey:
    """A key with the same name, scopes and expiry; the old one is accepted until the grace period is over.

    Both in one transaction. `NotFound` ``API_KEY_NOT_FOUND``; `PermissionDenied` ``INSUFFICIENT_SCOPE`` when the old
    key may do more than the caller; `ValidationFailed` ``EXPIRY_INVALID`` when it expires later; `Conflict`
    ``INVALID_API_KEY_STATE`` when it is revoked, expired or replaced, ``TOO_MANY_API_KEYS``, ``LAST_ADMIN_KEY``.
    """
    # In this order: a key that is still in use has not changed since the roster was read.
    roster = find_roster(uow, keys, uow.account)
    old = find_key(uow, keys, key_id)
    if old.replaced_by is not None or not old.is_usable(uow.real_now):
        raise Conflict("INVALID_API_KEY_STATE", "Only a key that is in use, and not replaced yet, can be rotated.")
    require_scopes(caller, old.scopes)
    own = own_entry(roster, caller)
    if not roster.succeeds(old.id, own.id):
        # Whoever lost the secret of its successor has nothing else to rotate that one with.
        require_no_longer_life(own, old.expires_at)
    issued = issue_key(
        uow,
        uow.account,
        name=old.name,
        scopes=old.scopes,
        requests_per_hour=caller.requests_per_hour,
        clock=clock_of_keys(uow, uow.account),
        expires_at=old.expires_at,
    )
    ends = min(filter(None, (old.expires_at, (uow.real_now + grace_period).replace(microsecond=0))))
    ended = replace(old, version=old.version + 1, expires_at=ends, replaced_by=issued.key.id)
    uow.changes.save(ended)
    save_roster(uow, _exchanged(roster, ended, issued.key, uow.real_now))
    return issued


def _exchanged(roster: KeyRoster, old: ApiKey, new: ApiKey, now: datetime) -> KeyRoster:
    if old.is_usable(now):
        return roster.with_room().with_new(new).with_ended(old, now)
    # When the response is lost, the secret of the new key is too: it does not make up for the old one.
    return roster.with_ended(old, now).with_room().with_new(new)
