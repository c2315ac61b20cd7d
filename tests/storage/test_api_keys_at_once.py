"""API keys that are managed while they are used."""

import threading
from datetime import timedelta

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.errors import Conflict
from invoicing.operations.account._api_keys import IssuedKey
from invoicing.operations.account.revoke_api_key import revoke_api_key
from invoicing.operations.account.rotate_api_key import rotate_api_key
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_caller, an_api_key
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.test_concurrency import Site, at_once


def test_keys_are_found_by_account_and_id_as_they_are_now(
    api_keys: DynamoApiKeys, database: Database, account: str
) -> None:
    key = an_api_key(hash=f"hash of {account}", account=account, name="Shop", scopes=("a:read", "b:write"))
    api_keys.add(key)
    assert api_keys.of(account) == [key]
    assert api_keys.find(account, "key_1") == key
    assert (api_keys.find(account, "key_2"), api_keys.find(f"{account}#test", "key_1")) == (None, None)
    assert api_keys.of(f"{account}#test") == []
    changes = ChangeSet()
    ended = an_api_key(hash=key.hash, account=account, version=2, expires_at=NOW, revoked_at=NOW, replaced_by="key_2")
    changes.save(ended)
    DynamoStore(database, EVENTS_KEPT).commit(changes)
    assert api_keys.of(account) == [ended]


@ON_DYNAMODB_LOCAL
def test_a_key_rotated_by_10_at_once_while_others_use_it_has_one_successor(
    local_store: DynamoStore, local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    site, keys = Site(local_store, account), DynamoApiKeys(local_tables)
    keys.add(an_api_key(hash=f"hash of {account}", account=account, requests_per_hour=100_000))
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


@ON_DYNAMODB_LOCAL
def test_a_key_revoked_and_rotated_at_once_is_revoked(
    local_store: DynamoStore, local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    site, keys = Site(local_store, account), DynamoApiKeys(local_tables)
    keys.add(an_api_key(hash=f"hash of {account}", account=account))

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
    assert len(keys.of(account)) == (1 if key.replaced_by is None else 2)
