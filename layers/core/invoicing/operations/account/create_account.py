"""Create an account with its first key, or add a key to an existing account."""

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import ALL, STANDARD_LIMIT, Mode, partition, split_partition
from invoicing.domain.access.key_roster import KeyRoster
from invoicing.domain.errors import NotFound
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import Address
from invoicing.operations.account._api_keys import clock_of_keys, find_roster, issue_key, save_roster
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
    """An additional key of an existing account, made without a key of the account: the way out of a lockout."""

    account_id: str
    mode: Mode = "test"
    requests_per_hour: int = STANDARD_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAccount:
    """The account and its new key; ``api_key`` is the secret, shown only once and stored as a hash."""

    account_id: str
    api_key: str
    mode: Mode
    requests_per_hour: int


def create_account(uow: UnitOfWork, keys: ApiKeys, wanted: NewAccount | AddedKey) -> OpenedAccount:
    """Make a key with all scopes, of a new or an existing account; `NotFound` ``ACCOUNT_NOT_FOUND``.

    An account at its limit of keys gets another one all the same: the secrets of the others may be lost.
    """
    clock = None
    if isinstance(wanted, NewAccount):
        roster = _opened(uow, wanted)
    else:
        roster = _existing(uow, keys, wanted)
        clock = clock_of_keys(uow, roster.account)
    issued = issue_key(uow, roster.account, scopes=(ALL,), requests_per_hour=wanted.requests_per_hour, clock=clock)
    save_roster(uow, roster.with_new(issued.key))
    account_id, mode = split_partition(roster.account)
    return OpenedAccount(
        account_id=account_id, api_key=issued.secret, mode=mode, requests_per_hour=wanted.requests_per_hour
    )


def _opened(uow: UnitOfWork, new: NewAccount) -> KeyRoster:
    """Create an account with a live and a test side; return the roster of the side of its first key."""
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
            created_at=uow.real_now,
        )
        uow.changes.save(account)
    return KeyRoster(account=partition(account_id, new.mode))


def _existing(uow: UnitOfWork, keys: ApiKeys, wanted: AddedKey) -> KeyRoster:
    account = partition(wanted.account_id, wanted.mode)
    if uow.store.find(Ref(Account, account, PROFILE)) is None:
        raise NotFound("ACCOUNT_NOT_FOUND", f"No such account: {wanted.account_id}")
    return find_roster(uow, keys, account)
