"""Making an API key."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import KEY_PATTERN, Caller, hash_of
from invoicing.domain.access.key_roster import ROSTER, KeyRoster, UsableKey
from invoicing.domain.errors import Conflict, PermissionDenied, Unauthenticated, ValidationFailed
from invoicing.operations.account._api_keys import IssuedKey
from invoicing.operations.account.create_api_key import NewApiKey, create_api_key
from invoicing.operations.account.revoke_api_key import revoke_api_key
from tests.builders import ACCOUNT, NOW, a_caller, an_api_key
from tests.fake_api_keys import FakeApiKeys
from tests.fakes import FakeStore
from tests.office import Office

NEW = NewApiKey(name="Shop", scopes=("invoices:read",))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def own_key(store: FakeStore) -> ApiKey:
    """The key of the caller."""
    key = an_api_key()
    store.keep(key)
    return key


def create(office: Office, store: FakeStore, new: NewApiKey = NEW, caller: Caller | None = None) -> IssuedKey:
    keys = FakeApiKeys(store)
    return office.run_use_case(lambda uow: create_api_key(uow, keys, caller or a_caller(), new))


def made(store: FakeStore) -> list[ApiKey]:
    """The keys but for that of the caller."""
    return [key for key in store.all(ApiKey) if key.id != "key_1"]


def refused_code(office: Office, store: FakeStore, new: NewApiKey) -> tuple[str, str]:
    with pytest.raises(ValidationFailed) as refused:
        create(office, store, new)
    (detail,) = refused.value.details
    assert detail.field == "expires_at"
    return detail.code, detail.message


def test_only_the_hash_of_the_secret_is_stored(office: Office, store: FakeStore) -> None:
    issued = create(office, store, caller=a_caller(requests_per_hour=10_000))
    assert KEY_PATTERN.fullmatch(issued.secret)
    assert made(store) == [issued.key]
    assert (issued.key.hash, issued.key.last_four) == (hash_of(issued.secret), issued.secret[-4:])
    assert (issued.key.account, issued.key.mode, issued.key.requests_per_hour) == ("acc_1", "live", 10_000)
    assert (issued.key.last_used, issued.key.created_at) == (None, NOW)
    assert issued.secret not in repr(store.entities)


def test_a_key_is_made_for_the_mode_of_the_key_that_asks(store: FakeStore) -> None:
    store.keep(an_api_key(account="acc_1#test", mode="test"))
    caller = a_caller(account="acc_1#test", mode="test")
    issued = create(Office(store, account="acc_1#test"), store, caller=caller)
    assert (issued.key.account, issued.key.mode, issued.secret[:8]) == ("acc_1#test", "test", "sk_test_")


@pytest.mark.parametrize(
    ("own", "wanted", "is_allowed"),
    [
        ({"*"}, "*", True),
        ({"*"}, "invoices:*", True),
        ({"*"}, "account:write", True),
        ({"invoices:*", "account:write"}, "invoices:read", True),
        ({"invoices:*", "account:write"}, "invoices:*", True),
        ({"invoices:*", "account:write"}, "*", False),
        ({"invoices:*", "account:write"}, "customers:read", False),
        ({"invoices:read", "account:write"}, "invoices:write", False),
        ({"invoices:read", "invoices:write", "account:write"}, "invoices:*", False),
        ({"account:write"}, "account:read", False),
    ],
)
def test_a_key_grants_no_more_than_it_has(
    office: Office, store: FakeStore, own: set[str], wanted: str, *, is_allowed: bool
) -> None:
    caller, new = a_caller(scopes=frozenset(own)), replace(NEW, scopes=("account:write", wanted))
    if is_allowed:
        assert create(office, store, new, caller).key.scopes == new.scopes
    else:
        with pytest.raises(PermissionDenied) as refused:
            create(office, store, new, caller)
        assert refused.value.code == "INSUFFICIENT_SCOPE"
        assert made(store) == []


def test_a_key_expires_in_the_future_only(office: Office, store: FakeStore) -> None:
    later = NOW + timedelta(seconds=1)
    assert create(office, store, replace(NEW, expires_at=later)).key.expires_at == later
    for past in (NOW, NOW + timedelta(milliseconds=999)):
        code, message = refused_code(office, store, replace(NEW, expires_at=past))
        assert (code, message) == ("EXPIRY_INVALID", "expires_at must be in the future.")
    assert len(made(store)) == 1


def test_an_expiring_key_makes_none_that_outlives_it(office: Office, store: FakeStore, own_key: ApiKey) -> None:
    ends = NOW + HOUR
    store.keep(replace(own_key, expires_at=ends))
    for expires_at in (ends, ends + timedelta(milliseconds=999), NOW + HOUR / 2):
        assert create(office, store, replace(NEW, expires_at=expires_at)).key.expires_at <= ends  # type: ignore[operator]
    code, message = refused_code(office, store, replace(NEW, expires_at=ends + timedelta(seconds=1)))
    assert code == "EXPIRY_INVALID"
    assert message == "expires_at must not be later than that of the key you use, 2026-11-22T13:00:00.000Z."
    assert len(made(store)) == 3


def test_without_an_expiry_a_key_has_that_of_the_key_that_made_it(
    office: Office, store: FakeStore, own_key: ApiKey
) -> None:
    assert create(office, store).key.expires_at is None
    caller = a_caller(key_id="key_9")
    store.keep(replace(own_key, hash="other", id="key_9", expires_at=NOW + HOUR))
    store.entities.pop((KeyRoster, ACCOUNT, ROSTER))
    assert create(office, store, caller=caller).key.expires_at == NOW + HOUR


def test_a_key_is_on_the_roster_of_its_account(office: Office, store: FakeStore, own_key: ApiKey) -> None:
    issued = create(office, store)
    (roster,) = store.all(KeyRoster)
    assert (roster.version, roster.keys) == (1, (UsableKey.of(own_key), UsableKey.of(issued.key)))


def test_a_key_that_is_revoked_meanwhile_makes_none(office: Office, store: FakeStore, own_key: ApiKey) -> None:
    store.keep(an_api_key(hash="other", id="key_2"))
    keys = FakeApiKeys(store)
    store.before_next_commit(lambda: Office(store).run_use_case(lambda uow: revoke_api_key(uow, keys, own_key.id)))
    with pytest.raises(Unauthenticated) as refused:
        create(office, store)
    assert refused.value.code == "invalid_api_key"
    assert [key.id for key in made(store)] == ["key_2"]


@pytest.mark.parametrize(("mode", "account", "most"), [("live", "acc_1", 100), ("test", "acc_1#test", 50)])
def test_the_last_place_is_given_once(store: FakeStore, mode: Any, account: str, most: int) -> None:
    store.keep(*(an_api_key(hash=f"{n}", id=f"key_{n}", account=account, mode=mode) for n in range(1, most)))
    store.keep(an_api_key(hash="x", id="key_x", account=account, mode=mode, expires_at=NOW))
    store.keep(an_api_key(hash="y", id="key_y", account=account, mode=mode, revoked_at=NOW))
    caller, office = a_caller(account=account, mode=mode), Office(store, account=account)
    store.before_next_commit(lambda: create(Office(store, account=account, ids=office.ids), store, caller=caller))
    with pytest.raises(Conflict) as refused:
        create(office, store, caller=caller)
    assert refused.value.code == "TOO_MANY_API_KEYS"
    (roster,) = store.all(KeyRoster)
    assert len(roster.keys) == most
