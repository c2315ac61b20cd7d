"""Making an API key."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import KEY_PATTERN, Caller, hash_of
from invoicing.domain.errors import PermissionDenied, ValidationFailed
from invoicing.operations.account._api_keys import IssuedKey
from invoicing.operations.account.create_api_key import NewApiKey, create_api_key
from tests.builders import NOW, a_caller
from tests.fakes import FakeStore
from tests.office import Office

NEW = NewApiKey(name="Shop", scopes=("invoices:read",))


def create(office: Office, new: NewApiKey = NEW, caller: Caller | None = None) -> IssuedKey:
    return office.run_use_case(lambda uow: create_api_key(uow, caller or a_caller(), new))


def test_only_the_hash_of_the_secret_is_stored(office: Office, store: FakeStore) -> None:
    issued = create(office, caller=a_caller(requests_per_hour=10_000))
    assert KEY_PATTERN.fullmatch(issued.secret)
    assert store.all(ApiKey) == [issued.key]
    assert (issued.key.hash, issued.key.last_four) == (hash_of(issued.secret), issued.secret[-4:])
    assert (issued.key.account, issued.key.mode, issued.key.requests_per_hour) == ("acc_1", "live", 10_000)
    assert (issued.key.last_used, issued.key.created_at) == (None, NOW)
    assert issued.secret not in repr(store.entities)


def test_a_key_is_made_for_the_mode_of_the_key_that_asks(store: FakeStore) -> None:
    issued = create(Office(store, account="acc_1#test"), caller=a_caller(account="acc_1#test", mode="test"))
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
        assert create(office, new, caller).key.scopes == new.scopes
    else:
        with pytest.raises(PermissionDenied) as refused:
            create(office, new, caller)
        assert refused.value.code == "INSUFFICIENT_SCOPE"
        assert store.all(ApiKey) == []


def test_a_key_expires_in_the_future_only(office: Office, store: FakeStore) -> None:
    later = NOW + timedelta(seconds=1)
    assert create(office, replace(NEW, expires_at=later)).key.expires_at == later
    with pytest.raises(ValidationFailed) as refused:
        create(office, replace(NEW, expires_at=NOW))
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("expires_at", "EXPIRY_INVALID")]
    assert len(store.all(ApiKey)) == 1
