"""Make an API key."""

from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import Caller
from invoicing.domain.calendar import instant_text
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.operations.account._api_keys import (
    IssuedKey,
    clock_of_keys,
    find_roster,
    issue_key,
    own_entry,
    require_no_longer_life,
    require_scopes,
    save_roster,
)
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKey:
    """A key as a client wants it; without ``expires_at`` it expires when the caller's does."""

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


def create_api_key(uow: UnitOfWork, keys: ApiKeys, caller: Caller, new: NewApiKey) -> IssuedKey:
    """The key and its secret, with the caller's hourly limit.

    `PermissionDenied` ``INSUFFICIENT_SCOPE``; `Conflict` ``TOO_MANY_API_KEYS``; `ValidationFailed` ``EXPIRY_INVALID``
    when it would have expired, or outlive the caller's.
    """
    expires_at = new.expires_at and new.expires_at.replace(microsecond=0)
    if expires_at is not None and expires_at <= uow.real_now:
        raise ValidationFailed(
            Detail("expires_at", "expires_at must be in the future.", "EXPIRY_INVALID", instant_text(expires_at))
        )
    require_scopes(caller, new.scopes)
    roster = find_roster(uow, keys, uow.account)
    own = own_entry(roster, caller)
    expires_at = expires_at or own.expires_at
    require_no_longer_life(own, expires_at)
    issued = issue_key(
        uow,
        uow.account,
        name=new.name,
        scopes=new.scopes,
        requests_per_hour=caller.requests_per_hour,
        clock=clock_of_keys(uow, uow.account),
        expires_at=expires_at,
    )
    save_roster(uow, roster.with_room().with_new(issued.key))
    return issued
