"""Revoking an API key."""

from datetime import timedelta

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.errors import NotFound
from invoicing.operations.account.revoke_api_key import revoke_api_key
from tests.builders import NOW, an_api_key
from tests.fakes import FakeApiKeys, FakeStore
from tests.office import Office


def revoke(office: Office, store: FakeStore, key_id: str = "key_1") -> None:
    office.run_use_case(lambda uow: revoke_api_key(uow, FakeApiKeys(store), key_id))


def test_a_revoked_key_stays_listed_with_the_moment_it_ended(office: Office, store: FakeStore) -> None:
    store.keep(an_api_key())
    revoke(office, store)
    assert store.all(ApiKey) == [an_api_key(version=2, revoked_at=NOW)]
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
