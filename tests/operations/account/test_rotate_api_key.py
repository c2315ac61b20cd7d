"""Rotating an API key."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.errors import Conflict, NotFound, PermissionDenied
from invoicing.operations.account._api_keys import IssuedKey
from invoicing.operations.account.rotate_api_key import rotate_api_key
from tests.builders import NOW, a_caller, an_api_key
from tests.fakes import FakeApiKeys, FakeStore
from tests.office import Office

HOUR = timedelta(hours=1)


def rotate(office: Office, store: FakeStore, grace: timedelta = HOUR, caller: Caller | None = None) -> IssuedKey:
    keys = FakeApiKeys(store)
    return office.run_use_case(lambda uow: rotate_api_key(uow, keys, caller or a_caller(), "key_1", grace))


def old_key(store: FakeStore) -> ApiKey:
    return next(key for key in store.all(ApiKey) if key.id == "key_1")


def test_the_new_key_may_do_the_same_and_the_old_one_ends_after_the_grace_period(
    office: Office, store: FakeStore
) -> None:
    store.keep(an_api_key(name="Shop", scopes=("invoices:read",)))
    issued = rotate(office, store)
    assert (issued.key.name, issued.key.scopes, issued.key.expires_at) == ("Shop", ("invoices:read",), None)
    assert (old_key(store).expires_at, old_key(store).replaced_by) == (NOW + HOUR, issued.key.id)
    assert store.commits == 1


def test_without_a_grace_period_the_old_key_ends_at_once(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key())
    rotate(office, store, timedelta(0))
    assert not old_key(store).is_usable(NOW)


def test_an_expiry_is_kept_by_both(office: Office, store: FakeStore) -> None:
    """Nobody makes a key live longer by rotating it."""
    soon = NOW + HOUR / 2
    store.keep(an_api_key(expires_at=soon))
    assert rotate(office, store).key.expires_at == soon
    assert old_key(store).expires_at == soon


@pytest.mark.parametrize("state", [{"revoked_at": NOW}, {"expires_at": NOW}, {"replaced_by": "key_2"}])
def test_only_a_key_in_use_is_rotated(office: Office, store: FakeStore, state: dict[str, Any]) -> None:
    store.keep(an_api_key(**state))
    with pytest.raises(Conflict) as refused:
        rotate(office, store)
    assert refused.value.code == "INVALID_API_KEY_STATE"
    assert len(store.all(ApiKey)) == 1


def test_of_two_who_rotate_at_once_one_gets_a_key(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key())
    store.before_next_commit(lambda: rotate(Office(store, ids=office.ids), store))
    with pytest.raises(Conflict):
        rotate(office, store)
    assert len(store.all(ApiKey)) == 2


def test_rotating_is_no_way_to_get_more_scopes(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key(scopes=("*",)))
    with pytest.raises(PermissionDenied) as refused:
        rotate(office, store, caller=a_caller(scopes=frozenset({"account:write"})))
    assert refused.value.code == "INSUFFICIENT_SCOPE"
    assert store.all(ApiKey) == [an_api_key(scopes=("*",))]


def test_an_unknown_key_is_not_found(office: Office, store: FakeStore) -> None:
    with pytest.raises(NotFound):
        rotate(office, store)
