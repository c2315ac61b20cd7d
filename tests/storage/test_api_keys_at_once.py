"""API keys that are managed while they are used."""

import threading
from datetime import timedelta
from itertools import count

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import partition
from invoicing.domain.access.key_roster import ROSTER, KeyRoster, UsableKey
from invoicing.domain.errors import Conflict
from invoicing.operations.account._api_keys import IssuedKey
from invoicing.operations.account.create_api_key import NewApiKey, create_api_key
from invoicing.operations.account.revoke_api_key import revoke_api_key
from invoicing.operations.account.rotate_api_key import rotate_api_key
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_caller, an_api_key
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.listing import put
from tests.storage.site import Site, at_once


def test_keys_are_found_by_account_and_id_as_they_are_now(
    api_keys: DynamoApiKeys, database: Database, account: str
) -> None:
    key = an_api_key(hash=f"hash of {account}", account=account, name="Shop", scopes=("a:read", "b:write"))
    put(database, [key])
    assert api_keys.of(account) == [key]
    assert api_keys.find(account, "key_1") == key
    assert (api_keys.find(account, "key_2"), api_keys.find(f"{account}#test", "key_1")) == (None, None)
    assert api_keys.of(f"{account}#test") == []
    changes = ChangeSet()
    ended = an_api_key(hash=key.hash, account=account, version=2, expires_at=NOW, revoked_at=NOW, replaced_by="key_2")
    changes.save(ended)
    DynamoStore(database, EVENTS_KEPT).commit(changes)
    assert api_keys.of(account) == [ended]


def two_admin_keys(account: str) -> list[ApiKey]:
    return [
        an_api_key(hash=f"hash of {account}", account=account),
        an_api_key(hash=f"other hash of {account}", account=account, id="key_2", scopes=("account:write",)),
    ]


def assert_roster_is_true(store: DynamoStore, keys: DynamoApiKeys, account: str) -> None:
    """It knows exactly the keys that are usable, each as it is."""
    roster = store.find(Ref(KeyRoster, account, ROSTER))
    assert roster is not None
    assert len(roster.keys) == len(set(roster.keys))
    assert set(roster.keys) == {UsableKey.of(key) for key in keys.of(account) if key.is_usable(NOW)}


@ON_DYNAMODB_LOCAL
@pytest.mark.parametrize("attempt", range(10))
def test_of_the_last_two_admin_keys_one_stays_when_each_is_revoked_at_once(
    local_store: DynamoStore, local_tables: Database, account: str, attempt: int
) -> None:
    """Each request sees the other key alive; the first has no roster yet, then there is one."""
    site, keys = Site(local_store, account), DynamoApiKeys(local_tables)
    put(local_tables, two_admin_keys(account))
    if attempt % 2:
        new = NewApiKey(name="Shop", scopes=("invoices:read",))
        run_use_case(site.uow, lambda uow: create_api_key(uow, keys, a_caller(account=account), new))
    both_have_read = threading.Barrier(2)

    def revoke(index: int) -> object:
        attempts = count()

        def once(uow: UnitOfWork) -> None:
            revoke_api_key(uow, keys, f"key_{index + 1}")
            if next(attempts) == 0:
                both_have_read.wait()

        return run_use_case(site.uow, once)

    outcomes = at_once(2, revoke)
    (refused,) = (outcome for outcome in outcomes if isinstance(outcome, Conflict))
    assert refused.code == "LAST_ADMIN_KEY"
    (left,) = (key for key in keys.of(account) if key.is_admin and key.is_usable(NOW))
    assert left.id in {"key_1", "key_2"}
    assert_roster_is_true(local_store, keys, account)


@ON_DYNAMODB_LOCAL
def test_of_20_keys_made_at_once_those_that_fit_are_made(
    local_store: DynamoStore, local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    test_side = partition(account, "test")
    site, keys = Site(local_store, test_side), DynamoApiKeys(local_tables)
    put(
        local_tables,
        [an_api_key(hash=f"{n} {account}", account=test_side, id=f"key_{n}", mode="test") for n in range(1, 46)],
    )
    caller, new = a_caller(account=test_side, mode="test"), NewApiKey(name="Shop", scopes=("invoices:read",))
    outcomes = at_once(20, lambda _: run_use_case(site.uow, lambda uow: create_api_key(uow, keys, caller, new)))
    assert [type(outcome) for outcome in outcomes].count(IssuedKey) == 5
    assert {outcome.code for outcome in outcomes if isinstance(outcome, Conflict)} == {"TOO_MANY_API_KEYS"}
    assert len(keys.of(test_side)) == 50
    assert_roster_is_true(local_store, keys, test_side)


@ON_DYNAMODB_LOCAL
def test_a_key_rotated_by_10_at_once_while_others_use_it_has_one_successor(
    local_store: DynamoStore, local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    site, keys = Site(local_store, account), DynamoApiKeys(local_tables)
    put(local_tables, [an_api_key(hash=f"hash of {account}", account=account, requests_per_hour=100_000)])
    used: list[str] = []
    is_over = threading.Event()

    def use() -> None:
        while not is_over.is_set():
            used.append(keys.use(f"hash of {account}", NOW).key_id)

    users = [threading.Thread(target=use) for _ in range(4)]
    for user in users:
        user.start()
    caller, grace = a_caller(account=account), timedelta(hours=1)
    outcomes = at_once(
        10, lambda _: run_use_case(site.uow, lambda uow: rotate_api_key(uow, keys, caller, "key_1", grace))
    )
    is_over.set()
    for user in users:
        user.join()
    (issued,) = (outcome for outcome in outcomes if isinstance(outcome, IssuedKey))
    assert [type(outcome) for outcome in outcomes].count(Conflict) == 9
    assert {key.id: key.replaced_by for key in keys.of(account)} == {"key_1": issued.key.id, issued.key.id: None}
    assert len(used) > 4
    assert_roster_is_true(local_store, keys, account)


@ON_DYNAMODB_LOCAL
def test_a_key_revoked_and_rotated_at_once_is_revoked(
    local_store: DynamoStore, local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    site, keys = Site(local_store, account), DynamoApiKeys(local_tables)
    put(local_tables, two_admin_keys(account))

    def act(index: int) -> object:
        if index % 2:
            return run_use_case(site.uow, lambda uow: revoke_api_key(uow, keys, "key_1"))
        return run_use_case(
            site.uow, lambda uow: rotate_api_key(uow, keys, a_caller(account=account), "key_1", timedelta(hours=1))
        )

    at_once(6, act)
    key = keys.find(account, "key_1")
    assert isinstance(key, ApiKey)
    assert key.revoked_at is not None
    assert len(keys.of(account)) == (2 if key.replaced_by is None else 3)
    assert_roster_is_true(local_store, keys, account)
