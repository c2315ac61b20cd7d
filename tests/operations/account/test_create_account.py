"""Opening an account."""

import hashlib

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import KEY_PATTERN, Mode
from invoicing.domain.access.key_roster import KeyRoster, UsableKey
from invoicing.domain.parties.account import Account
from invoicing.operations.account.create_account import NewAccount, OpenedAccount, create_account
from tests.builders import NOW
from tests.fakes import FakeApiKeys, FakeStore
from tests.office import Office


@pytest.fixture
def store() -> FakeStore:
    """Nothing at all."""
    return FakeStore()


def opened(store: FakeStore, mode: Mode = "test") -> OpenedAccount:
    new = NewAccount(name="Acme", email="a@acme.example", currency="EUR", time_zone="Europe/Berlin", mode=mode)
    return Office(store, account="").run_use_case(lambda uow: create_account(uow, new))


def test_an_account_has_a_live_and_a_test_side(store: FakeStore) -> None:
    account = opened(store)
    live, test = store.all(Account)
    assert (live.account, test.account) == (account.account_id, f"{account.account_id}#test")
    for side in (live, test):
        assert (side.name, side.currency, side.time_zone, side.created_at) == ("Acme", "EUR", "Europe/Berlin", NOW)
    assert store.commits == 1


@pytest.mark.parametrize(("mode", "suffix"), [("live", ""), ("test", "#test")])
def test_the_first_key_opens_one_side_with_all_scopes(store: FakeStore, mode: Mode, suffix: str) -> None:
    account = opened(store, mode)
    (key,) = store.all(ApiKey)
    assert (key.account, key.mode, account.mode) == (f"{account.account_id}{suffix}", mode, mode)
    assert FakeApiKeys(store).use(key.hash, NOW).may("invoices:write")
    assert key.requests_per_hour == 1000
    (roster,) = store.all(KeyRoster)
    assert (roster.account, roster.version, roster.keys) == (key.account, 1, (UsableKey.of(key),))


def test_the_secret_is_in_the_answer_only_and_its_hash_is_stored(store: FakeStore) -> None:
    secret = opened(store).api_key
    assert KEY_PATTERN.fullmatch(secret)
    (key,) = store.all(ApiKey)
    assert key.hash == hashlib.sha256(secret.encode()).hexdigest()
    assert key.last_four == secret[-4:]
    everything_stored = repr((store.entities, store.events, store.idempotency_records))
    assert secret not in everything_stored
    assert secret.removeprefix("sk_test_") not in everything_stored
