"""API keys: who may ask, and how often in an hour."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from invoicing.domain.errors import RateLimited, Unauthenticated
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.api_keys import ApiKeyRecord
from tests.builders import an_api_key
from tests.fake_api_keys import FakeApiKeys
from tests.fakes import FakeStore
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.listing import put

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ONE = timedelta(hours=1)


@pytest.fixture
def key_hash() -> str:
    return uuid4().hex * 2


def change(database: Database, key_hash: str, *actions: Any) -> None:
    """What operations that come later will do to a key."""
    request = ApiKeyRecord(key_hash).get_update_kwargs_from_instance(actions=list(actions))
    database.dispatch("UpdateItem", request)


def test_a_key_says_who_asks(api_keys: DynamoApiKeys, database: Database, key_hash: str) -> None:
    put(database, [an_api_key(hash=key_hash, account="acc_1#test", mode="test", scopes=("a:read", "b:write"))])
    caller = api_keys.use(key_hash, NOON)
    assert (caller.account, caller.mode, caller.key_id) == ("acc_1#test", "test", "key_1")
    assert (caller.may("b:write"), caller.may("b:read")) == (True, False)
    assert (caller.requests_per_hour, caller.requests_used) == (1000, 1)
    assert caller.window_ends == int((NOON + ONE).timestamp())


def test_an_unknown_key_is_refused_and_not_made(api_keys: DynamoApiKeys, key_hash: str) -> None:
    for _ in range(2):
        with pytest.raises(Unauthenticated) as refused:
            api_keys.use(key_hash, NOON)
        assert refused.value.code == "invalid_api_key"


def test_a_revoked_key_is_refused_at_once_and_counts_nothing(
    api_keys: DynamoApiKeys, database: Database, key_hash: str
) -> None:
    put(database, [an_api_key(hash=key_hash)])
    api_keys.use(key_hash, NOON)
    change(database, key_hash, ApiKeyRecord.revoked_at.set(NOON.isoformat()))
    for now in (NOON, NOON + ONE):
        with pytest.raises(Unauthenticated) as refused:
            api_keys.use(key_hash, now)
        assert refused.value.code == "key_revoked"


def test_a_key_works_up_to_the_second_it_expires(api_keys: DynamoApiKeys, database: Database, key_hash: str) -> None:
    put(database, [an_api_key(hash=key_hash)])
    expires = NOON + timedelta(minutes=10)
    change(database, key_hash, ApiKeyRecord.expires_at.set(int(expires.timestamp())))
    api_keys.use(key_hash, expires - timedelta(milliseconds=1))
    for now in (expires, expires + timedelta(milliseconds=1), expires + 5 * ONE):
        with pytest.raises(Unauthenticated, match="expired"):
            api_keys.use(key_hash, now)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"hash": "another"},
        {"revoked_at": NOON - ONE},
        {"expires_at": NOON},
        {"expires_at": NOON + timedelta(seconds=1)},
        {"expires_at": NOON - ONE, "revoked_at": NOON},
    ],
)
def test_the_keys_in_memory_let_in_and_refuse_as_these(
    api_keys: DynamoApiKeys, database: Database, key_hash: str, values: dict[str, Any]
) -> None:
    key, store = an_api_key(**{"hash": key_hash} | values), FakeStore()
    put(database, [key])
    store.keep(key)
    assert outcome(FakeApiKeys(store), key_hash) == outcome(api_keys, key_hash)


def outcome(keys: ApiKeys, key_hash: str) -> Any:
    try:
        return keys.use(key_hash, NOON)
    except Unauthenticated as refused:
        return refused.code


def test_requests_are_counted_up_to_the_limit_of_the_hour(
    api_keys: DynamoApiKeys, database: Database, key_hash: str
) -> None:
    put(database, [an_api_key(hash=key_hash, requests_per_hour=3)])
    assert [api_keys.use(key_hash, NOON).requests_used for _ in range(3)] == [1, 2, 3]
    with pytest.raises(RateLimited) as refused:
        api_keys.use(key_hash, NOON + timedelta(minutes=59, seconds=50))
    assert (refused.value.code, refused.value.extra) == ("RATE_LIMIT_EXCEEDED", {"retry_after": 10})
    assert (refused.value.caller.requests_used, refused.value.caller.requests_per_hour) == (3, 3)


def test_retry_after_is_never_less_than_a_second(api_keys: DynamoApiKeys, database: Database, key_hash: str) -> None:
    put(database, [an_api_key(hash=key_hash, requests_per_hour=1)])
    api_keys.use(key_hash, NOON)
    with pytest.raises(RateLimited) as refused:
        api_keys.use(key_hash, NOON + ONE - timedelta(milliseconds=1))
    assert refused.value.extra == {"retry_after": 1}


def test_the_next_full_hour_starts_a_new_count(api_keys: DynamoApiKeys, database: Database, key_hash: str) -> None:
    put(database, [an_api_key(hash=key_hash, requests_per_hour=1)])
    api_keys.use(key_hash, NOON + timedelta(minutes=59))
    with pytest.raises(RateLimited):
        api_keys.use(key_hash, NOON + timedelta(minutes=59))
    caller = api_keys.use(key_hash, NOON + ONE)
    assert (caller.requests_used, caller.window_ends) == (1, int((NOON + 2 * ONE).timestamp()))


def test_a_request_that_comes_late_is_counted_in_the_hour_that_others_opened(
    api_keys: DynamoApiKeys, database: Database, key_hash: str
) -> None:
    """Clocks of two functions differ, or one request was held up: that is no reason to refuse it."""
    put(database, [an_api_key(hash=key_hash, requests_per_hour=3)])
    api_keys.use(key_hash, NOON)
    late = NOON - timedelta(milliseconds=1)
    assert [api_keys.use(key_hash, late).requests_used for _ in range(2)] == [2, 3]
    with pytest.raises(RateLimited) as refused:
        api_keys.use(key_hash, late)
    assert refused.value.extra == {"retry_after": 3601}


@pytest.mark.parametrize("database", [pytest.param("dynamodb_local", marks=ON_DYNAMODB_LOCAL)], indirect=True)
def test_of_300_requests_at_once_exactly_as_many_as_the_limit_are_accepted(
    api_keys: DynamoApiKeys, database: Database, key_hash: str
) -> None:
    """The hour before is used up too, so that all of them race to open the new one."""
    put(database, [an_api_key(hash=key_hash, requests_per_hour=200)])
    api_keys.use(key_hash, NOON - ONE)
    together = threading.Barrier(20)

    def use_15_times(_: int) -> list[int]:
        together.wait()
        return [used for used in (use() for _ in range(15)) if used is not None]

    def use() -> int | None:
        try:
            return api_keys.use(key_hash, NOON).requests_used
        except RateLimited:
            return None

    with ThreadPoolExecutor(20) as threads:
        accepted = [used for some in threads.map(use_15_times, range(20)) for used in some]
    assert sorted(accepted) == list(range(1, 201))
