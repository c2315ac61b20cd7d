"""Rotating an API key."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.access.key_roster import KeyRoster, UsableKey
from invoicing.domain.errors import Conflict, NotFound, PermissionDenied, Unauthenticated, ValidationFailed
from invoicing.operations.account._api_keys import IssuedKey
from invoicing.operations.account.rotate_api_key import rotate_api_key
from tests.builders import NOW, a_caller, an_api_key
from tests.fake_api_keys import FakeApiKeys
from tests.fakes import FakeStore
from tests.office import Office

HOUR = timedelta(hours=1)


OTHER = an_api_key(hash="other", id="key_2")


def rotate(
    office: Office,
    store: FakeStore,
    grace: timedelta = HOUR,
    caller: Caller | None = None,
    key_id: str = "key_1",
) -> IssuedKey:
    keys = FakeApiKeys(store)
    return office.run_use_case(lambda uow: rotate_api_key(uow, keys, caller or a_caller(), key_id, grace))


def old_key(store: FakeStore) -> ApiKey:
    return next(key for key in store.all(ApiKey) if key.id == "key_1")


def test_the_new_key_may_do_the_same_and_the_old_one_ends_after_the_grace_period(
    office: Office, store: FakeStore
) -> None:
    store.keep(OTHER, an_api_key(name="Shop", scopes=("invoices:read",)))
    issued = rotate(office, store)
    assert (issued.key.name, issued.key.scopes, issued.key.expires_at) == ("Shop", ("invoices:read",), None)
    assert (old_key(store).expires_at, old_key(store).replaced_by) == (NOW + HOUR, issued.key.id)
    assert store.commits == 1


def test_without_a_grace_period_the_old_key_ends_at_once(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key(), OTHER)
    issued = rotate(office, store, timedelta(0))
    assert not old_key(store).is_usable(NOW)
    assert [key.id for key in store.all(KeyRoster)[0].keys] == ["key_2", issued.key.id]


def test_the_last_admin_key_is_rotated_with_a_grace_period_only(office: Office, store: FakeStore) -> None:
    """When the response is lost, nobody has the new key."""
    store.keep(an_api_key())
    with pytest.raises(Conflict, match="rotate with a grace period") as refused:
        rotate(office, store, timedelta(0))
    assert (refused.value.code, store.commits) == ("LAST_ADMIN_KEY", 0)
    issued = rotate(office, store, timedelta(seconds=1))
    (roster,) = store.all(KeyRoster)
    assert roster.keys == (UsableKey.of(issued.key), UsableKey.of(old_key(store)))


def test_an_old_key_rotates_its_successor_again_and_again(office: Office, store: FakeStore) -> None:
    """Whoever loses every response still gets a key that does not expire, as the first one did not."""
    store.keep(an_api_key())
    latest = "key_1"
    for minutes in range(0, 60, 20):
        later = Office(store, now=NOW + timedelta(minutes=minutes), ids=office.ids)
        latest = rotate(later, store, key_id=latest).key.id
    (last,) = (key for key in store.all(ApiKey) if key.id == latest)
    assert (last.expires_at, last.is_usable(NOW + 1000 * HOUR)) == (None, True)
    with pytest.raises(Unauthenticated):
        rotate(Office(store, now=NOW + HOUR, ids=office.ids), store, key_id=latest)


def test_an_expiring_key_rotates_no_other_that_outlives_it(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key(), replace(OTHER, expires_at=NOW + HOUR))
    caller = a_caller(key_id="key_2")
    with pytest.raises(ValidationFailed) as refused:
        rotate(office, store, caller=caller)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("expires_at", "EXPIRY_INVALID")]
    assert store.commits == 0
    issued = rotate(office, store, caller=caller, key_id="key_2")
    assert issued.key.expires_at == NOW + HOUR


def test_a_rotation_needs_a_place_for_both_keys(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key(), *(replace(OTHER, hash=f"{n}", id=f"key_{n}") for n in range(2, 101)))
    with pytest.raises(Conflict) as refused:
        rotate(office, store)
    assert refused.value.code == "TOO_MANY_API_KEYS"
    rotate(office, store, timedelta(0))
    assert len(store.all(KeyRoster)[0].keys) == 100


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
