"""Open an account and hand out its first key."""

from dataclasses import dataclass

from invoicing.domain.access.caller import ALL, STANDARD_LIMIT, Mode, partition
from invoicing.domain.access.key_roster import KeyRoster
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import Address
from invoicing.operations.account._api_keys import issue_key, save_roster
from invoicing.operations.account._own_account import PROFILE
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
    """``api_key`` is the secret itself, shown this once; only its hash is stored."""

    account_id: str
    api_key: str
    mode: Mode


def create_account(uow: UnitOfWork, new: NewAccount) -> OpenedAccount:
    """An account with a live and a test side, and a key with all scopes for one of them: all of it, or nothing."""
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
    own = partition(account_id, new.mode)
    issued = issue_key(uow, own, scopes=(ALL,), requests_per_hour=STANDARD_LIMIT)
    save_roster(uow, KeyRoster(account=own).with_new(issued.key))
    return OpenedAccount(account_id=account_id, api_key=issued.secret, mode=new.mode)
