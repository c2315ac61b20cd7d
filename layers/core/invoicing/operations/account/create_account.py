"""Create an account and its first API key."""

from dataclasses import dataclass

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import STANDARD_LIMIT, Mode, hash_of, partition
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import Address
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A business as its operator describes it; ``mode`` is that of the first key."""

    name: str
    email: str | None = None
    currency: str = "USD"
    time_zone: str = "UTC"
    locale: str = "en"
    country: str | None = None
    payment_terms: str = "Net 30"
    mode: Mode = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAccount:
    """A new account; ``api_key`` is the secret, shown only once and stored as a hash."""

    account_id: str
    api_key: str
    mode: Mode


def create_account(uow: UnitOfWork, keys: ApiKeys, new: NewAccount) -> OpenedAccount:
    """Create an account with a live and a test side, and a key with all scopes for one of them."""
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
    secret = f"sk_{new.mode}_{uow.new_secret()}"
    keys.add(
        ApiKey(
            hash=hash_of(secret),
            id=uow.new_id("key"),
            account=partition(account_id, new.mode),
            mode=new.mode,
            scopes=("*",),
            requests_per_hour=STANDARD_LIMIT,
            last_four=secret[-4:],
            created_at=uow.now,
        )
    )
    return OpenedAccount(account_id=account_id, api_key=secret, mode=new.mode)
