"""The list of webhooks."""

from invoicing.operations.webhooks.list_webhooks import list_webhooks
from tests.fakes import FakeStore
from tests.operations.webhooks.posting import Posting


def test_one_request_for_none_and_two_for_any(posting: Posting, store: FakeStore) -> None:
    assert posting.office.run_use_case(list_webhooks) == []
    assert store.reads == 1
    made = [posting.webhook(), posting.webhook()]
    before = store.reads
    assert [each.id for each in posting.office.run_use_case(list_webhooks)] == made
    assert store.reads - before == 2
