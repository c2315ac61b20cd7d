"""Making and finding API keys: what the use cases that manage them have in common."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller, hash_of, split_partition
from invoicing.domain.access.key_roster import ROSTER, KeyRoster, UsableKey
from invoicing.domain.calendar import instant_text
from invoicing.domain.errors import Detail, PermissionDenied, Unauthenticated, ValidationFailed, not_found
from invoicing.domain.test_clocks.reading import TEST_CLOCK, ClockReading
from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A new key with its ``secret``, which is shown this once."""

    key: ApiKey
    secret: str


def issue_key(
    uow: UnitOfWork,
    account: str,
    *,
    name: str | None = None,
    scopes: tuple[str, ...],
    requests_per_hour: int,
    expires_at: datetime | None = None,
    clock: ClockReading | None = None,
) -> IssuedKey:
    """A new key of an account and the mode of its partition; whoever issues it puts it on the account's roster.

    ``clock`` is that of `clock_of_keys`, None for a new account.
    """
    _, mode = split_partition(account)
    secret = f"sk_{mode}_{uow.new_secret()}"
    key = ApiKey(
        hash=hash_of(secret),
        id=uow.new_id("key"),
        account=account,
        name=name,
        mode=mode,
        scopes=scopes,
        requests_per_hour=requests_per_hour,
        last_four=secret[-4:],
        created_at=uow.real_now,
        expires_at=expires_at,
        clock=clock,
    )
    uow.changes.save(key)
    return IssuedKey(key=key, secret=secret)


def clock_of_keys(uow: UnitOfWork, account: str) -> ClockReading | None:
    """The test clock that a new key of an account begins with; the transaction depends on it."""
    if uow.clock is not None or split_partition(account)[1] == "live":
        return uow.clock
    ref = Ref(TestClock, account, TEST_CLOCK)
    clock = uow.store.find(ref)
    uow.changes.require(ref, clock.version if clock else 0)
    return clock.reading if clock else None


def find_roster(uow: UnitOfWork, keys: ApiKeys, account: str) -> KeyRoster:
    """The usable keys of an account; made of the keys themselves when they are older than rosters are."""
    roster = uow.store.find(Ref(KeyRoster, account, ROSTER))
    if roster is None:
        usable = (UsableKey.of(key) for key in keys.of(account) if key.is_usable(uow.real_now))
        return KeyRoster(account=account, keys=tuple(usable))
    return roster.at(uow.real_now)


def save_roster(uow: UnitOfWork, roster: KeyRoster) -> None:
    """Save a roster that was changed."""
    uow.changes.save(replace(roster, version=roster.version + 1))


def own_entry(roster: KeyRoster, caller: Caller) -> UsableKey:
    """The entry of the caller's key; `Unauthenticated` when it was revoked after the request was let in."""
    own = roster.find(caller.key_id)
    if own is None:
        raise Unauthenticated("invalid_api_key", "This API key was revoked or has expired.")
    return own


def require_scopes(caller: Caller, scopes: Iterable[str]) -> None:
    """`PermissionDenied` ``INSUFFICIENT_SCOPE`` unless the caller has all of these scopes."""
    lacking = [scope for scope in scopes if not caller.may(scope)]
    if lacking:
        raise PermissionDenied(
            "INSUFFICIENT_SCOPE", f"This key cannot grant what it does not have: {', '.join(lacking)}."
        )


def require_no_longer_life(own: UsableKey, expires_at: datetime | None) -> None:
    """`ValidationFailed` ``EXPIRY_INVALID`` when a key that ends then would outlive the caller's own."""
    if own.expires_at is not None and (expires_at is None or expires_at > own.expires_at):
        message = f"expires_at must not be later than that of the key you use, {instant_text(own.expires_at)}."
        given = None if expires_at is None else instant_text(expires_at)
        raise ValidationFailed(Detail("expires_at", message, "EXPIRY_INVALID", given))


def find_key(uow: UnitOfWork, keys: ApiKeys, key_id: str) -> ApiKey:
    """A key of this account and mode; `NotFound` ``API_KEY_NOT_FOUND``."""
    key = keys.find(uow.account, key_id)
    if key is None:
        raise not_found("ApiKey", key_id)
    return key
