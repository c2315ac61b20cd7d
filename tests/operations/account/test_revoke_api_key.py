"""Revoking an API key."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.key_roster import KeyRoster
from invoicing.domain.errors import Conflict, NotFound
from invoicing.operations.account.revoke_api_key import revoke_api_key
from tests.builders import NOW, an_api_key
from tests.fake_api_keys import FakeApiKeys
from tests.fakes import FakeStore
from tests.office import Office

OTHER = an_api_key(hash="other", id="key_2", scopes=("account:write",))


def revoke(office: Office, store: FakeStore, key_id: str = "key_1") -> None:
    office.run_use_case(lambda uow: revoke_api_key(uow, FakeApiKeys(store), key_id))


def test_a_revoked_key_stays_listed_with_the_moment_it_ended(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key(), OTHER)
    revoke(office, store)
    assert store.all(ApiKey) == [an_api_key(version=2, revoked_at=NOW), OTHER]
    assert [key.id for key in store.all(KeyRoster)[0].keys] == ["key_2"]
    assert not an_api_key(revoked_at=NOW).is_usable(NOW)


def test_revoking_again_changes_nothing(office: Office, store: FakeStore) -> None:
    revoked = an_api_key(version=2, revoked_at=NOW - timedelta(days=1))
    store.keep(revoked)
    revoke(office, store)
    assert (store.all(ApiKey), store.commits) == ([revoked], 0)


@pytest.mark.parametrize("account", ["acc_1#test", "acc_2"])
def test_a_key_of_another_mode_or_account_is_not_found(office: Office, store: FakeStore, account: str) -> None:
    store.keep(an_api_key(account=account))
    with pytest.raises(NotFound) as refused:
        revoke(office, store)
    assert refused.value.code == "API_KEY_NOT_FOUND"


@pytest.mark.parametrize(
    "others", [[], [{"scopes": ("invoices:*",)}], [{"revoked_at": NOW}], [{"expires_at": NOW + timedelta(days=999)}]]
)
def test_the_last_admin_key_stays(office: Office, store: FakeStore, others: list[dict[str, Any]]) -> None:
    store.keep(an_api_key(), *(replace(OTHER, **changed) for changed in others))
    with pytest.raises(Conflict) as refused:
        revoke(office, store)
    assert refused.value.code == "LAST_ADMIN_KEY"
    assert (store.commits, store.all(ApiKey)[0].revoked_at) == (0, None)


def test_of_the_last_two_admin_keys_revoked_at_once_one_stays(office: Office, store: FakeStore) -> None:
    """Each of the two requests sees the other key alive."""
    store.keep(an_api_key(), OTHER)
    store.before_next_commit(lambda: revoke(office, store, "key_2"))
    with pytest.raises(Conflict) as refused:
        revoke(office, store, "key_1")
    assert refused.value.code == "LAST_ADMIN_KEY"
    assert [key.is_usable(NOW) for key in store.all(ApiKey)] == [True, False]


def test_a_key_that_has_expired_can_be_revoked_too(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key(expires_at=NOW))
    revoke(office, store)
    assert store.all(ApiKey)[0].revoked_at == NOW
