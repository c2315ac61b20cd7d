"""Make an API key."""

from dataclasses import dataclass
from datetime import datetime

from invoicing.domain.access.caller import Caller
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.operations.account._api_keys import IssuedKey, issue_key
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKey:
    """A key as a client wants it; without ``expires_at`` it ends when it is revoked."""

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


def create_api_key(uow: UnitOfWork, caller: Caller, new: NewApiKey) -> IssuedKey:
    """The key and its secret.

    `PermissionDenied` ``INSUFFICIENT_SCOPE``; `ValidationFailed` ``EXPIRY_INVALID`` when it would have expired.
    """
    if new.expires_at is not None and new.expires_at <= uow.now:
        raise ValidationFailed(
            Detail("expires_at", "This moment has passed.", "EXPIRY_INVALID", new.expires_at.isoformat())
        )
    return issue_key(uow, caller, name=new.name, scopes=new.scopes, expires_at=new.expires_at)
