"""Deletion of webhooks."""

from invoicing.domain.webhooks.state import WebhookState
from invoicing.domain.webhooks.webhook import Webhook, WebhookRoster
from invoicing.operations.webhooks.delete_webhook import delete_webhook
from tests.fake_webhooks import BROKEN
from tests.fakes import FakeStore
from tests.operations.webhooks.posting import Posting


def test_nothing_of_it_is_left_once_what_waited_is_skipped(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: BROKEN
    posting.event()
    posting.run(minutes=20)
    posting.office.run_use_case(lambda uow: delete_webhook(uow, webhook))
    posting.run(hours=2)
    assert [*store.all(Webhook), *store.all(WebhookState)] == []
    assert store.all(WebhookRoster)[0].webhooks == ()
    assert [each.status for each in posting.deliveries()] == ["skipped"]
