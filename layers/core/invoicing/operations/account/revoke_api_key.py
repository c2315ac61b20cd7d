"""Revoke an API key."""

from dataclasses import replace

from invoicing.operations.account._api_keys import find_key, find_roster, save_roster
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def revoke_api_key(uow: UnitOfWork, keys: ApiKeys, key_id: str) -> None:
    """No request with it is accepted from here on; it stays in the list. Revoking it again changes nothing.

    A key may revoke itself, and keys that may do more than it. `NotFound` ``API_KEY_NOT_FOUND``; `Conflict`
    ``LAST_ADMIN_KEY``.
    """
    key = find_key(uow, keys, key_id)
    if key.revoked_at is not None:
        return
    revoked = replace(key, version=key.version + 1, revoked_at=uow.real_now)
    save_roster(uow, find_roster(uow, keys, uow.account).with_ended(revoked, uow.real_now))
    uow.changes.save(revoked)
