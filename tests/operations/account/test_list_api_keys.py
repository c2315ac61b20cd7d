"""Listing API keys."""

from datetime import timedelta

from invoicing.operations.account.list_api_keys import list_api_keys
from tests.builders import NOW, an_api_key
from tests.fakes import FakeApiKeys, FakeStore
from tests.office import Office


def test_keys_of_this_account_and_mode_are_listed_newest_first(office: Office, store: FakeStore) -> None:
    old = an_api_key(hash="a", id="key_9", revoked_at=NOW)
    new = an_api_key(hash="b", id="key_2", created_at=NOW + timedelta(seconds=1))
    store.keep(old, new, an_api_key(hash="c", account="acc_1#test"), an_api_key(hash="d", account="acc_2"))
    assert list_api_keys(office.uow(), FakeApiKeys(store)) == [new, old]
