"""Open an account with its first key, or add a key to an account that exists."""

from dataclasses import dataclass

from invoicing.domain.access.caller import ALL, STANDARD_LIMIT, Mode, partition, split_partition
from invoicing.domain.access.key_roster import KeyRoster
from invoicing.domain.errors import NotFound
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import Address
from invoicing.operations.account._api_keys import find_roster, issue_key, save_roster
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A business as its operator describes it; ``mode`` and ``requests_per_hour`` are those of the first key."""

    name: str
    email: str | None = None
    currency: str = "USD"
    time_zone: str = "UTC"
    locale: str = "en"
    country: str | None = None
    payment_terms: str = "Net 30"
    mode: Mode = "test"
    requests_per_hour: int = STANDARD_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedKey:
    """Another key of an existing account, for which no key of its own is needed: the way out of a lockout."""

    account_id: str
    mode: Mode = "test"
    requests_per_hour: int = STANDARD_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAccount:
    """``api_key`` is the secret itself, shown this once; only its hash is stored."""

    account_id: str
    api_key: str
    mode: Mode
    requests_per_hour: int


def create_account(uow: UnitOfWork, keys: ApiKeys, wanted: NewAccount | AddedKey) -> OpenedAccount:
    """Hand out a key with all scopes, of a new account or of an existing one; `NotFound` ``ACCOUNT_NOT_FOUND``.

    An account that has as many keys as it can have gets another one all the same: nobody may know the others.
    """
    roster = _opened(uow, wanted) if isinstance(wanted, NewAccount) else _existing(uow, keys, wanted)
    issued = issue_key(uow, roster.account, scopes=(ALL,), requests_per_hour=wanted.requests_per_hour)
    save_roster(uow, roster.with_new(issued.key))
    account_id, mode = split_partition(roster.account)
    return OpenedAccount(
        account_id=account_id, api_key=issued.secret, mode=mode, requests_per_hour=wanted.requests_per_hour
    )


def _opened(uow: UnitOfWork, new: NewAccount) -> KeyRoster:
    """The roster of a new account, which has a live and a test side, for the side of its first key."""
    account_id = uow.new_id("acc")
    modes: tuple[Mode, ...] = ("live", "test")
    for mode in modes:
        account = Account(
            account=partition(account_id, mode),
            id=PROFILE,
            version=1,
            name=new.name,
            email=new.email,
            currency=new.currency,
            time_zone=new.time_zone,
            locale=new.locale,
            address=Address(country=new.country) if new.country else None,
            payment_terms=new.payment_terms,
            created_at=uow.now,
        )
        uow.changes.save(account)
    return KeyRoster(account=partition(account_id, new.mode))


def _existing(uow: UnitOfWork, keys: ApiKeys, wanted: AddedKey) -> KeyRoster:
    account = partition(wanted.account_id, wanted.mode)
    if uow.store.find(Ref(Account, account, PROFILE)) is None:
        raise NotFound("ACCOUNT_NOT_FOUND", f"No such account: {wanted.account_id}")
    return find_roster(uow, keys, account)
