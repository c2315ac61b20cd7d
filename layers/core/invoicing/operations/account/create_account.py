"""Create an account with its first key, or add a key to an existing account."""

from dataclasses import dataclass

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import STANDARD_LIMIT, Mode, hash_of, partition
from invoicing.domain.errors import NotFound
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import Address
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
    """Make a key with all scopes, of a new or an existing account; `NotFound` ``ACCOUNT_NOT_FOUND``."""
    account_id = _opened(uow, wanted) if isinstance(wanted, NewAccount) else _existing(uow, wanted)
    secret = f"sk_{wanted.mode}_{uow.new_secret()}"
    keys.add(
        ApiKey(
            hash=hash_of(secret),
            id=uow.new_id("key"),
            account=partition(account_id, wanted.mode),
            mode=wanted.mode,
            scopes=("*",),
            requests_per_hour=wanted.requests_per_hour,
            last_four=secret[-4:],
            created_at=uow.now,
        )
    )
    return OpenedAccount(
        account_id=account_id, api_key=secret, mode=wanted.mode, requests_per_hour=wanted.requests_per_hour
    )


def _opened(uow: UnitOfWork, new: NewAccount) -> str:
    """Create an account with a live and a test side and return its id."""
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
    uow.store.commit(uow.changes)
    return account_id


def _existing(uow: UnitOfWork, wanted: AddedKey) -> str:
    if uow.store.find(Ref(Account, partition(wanted.account_id, wanted.mode), PROFILE)) is None:
        raise NotFound("ACCOUNT_NOT_FOUND", f"No such account: {wanted.account_id}")
    return wanted.account_id
