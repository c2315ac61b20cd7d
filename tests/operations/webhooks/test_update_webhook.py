"""Changes of webhooks."""

from typing import Any

from invoicing.domain.webhooks.state import WebhookState
from invoicing.domain.webhooks.webhook import Webhook, WebhookRoster
from invoicing.operations.webhooks.update_webhook import update_webhook
from tests.fake_webhooks import BROKEN
from tests.fakes import FakeStore
from tests.operations.webhooks.posting import RULES, Posting


def update(posting: Posting, webhook: str, **values: Any) -> Webhook:
    return posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, values, rules=RULES))


def test_the_roster_says_what_the_webhook_says(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    for values, expected in (
        ({"events": ("invoice.*",)}, (("invoice.*",), True)),
        ({"status": "disabled"}, (("invoice.*",), False)),
        ({"status": "active", "events": ("*",)}, (("*",), True)),
    ):
        update(posting, webhook, **values)
        (roster,) = store.all(WebhookRoster)
        assert [(each.events, each.is_active) for each in roster.webhooks] == [expected]
    version = store.all(WebhookRoster)[0].version
    update(posting, webhook, url="https://new.example.com/")
    assert store.all(WebhookRoster)[0].version == version


def test_switched_on_again_it_has_not_failed(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: BROKEN
    for _ in range(3):
        posting.event()
    posting.run(hours=1)
    assert posting.state(webhook).is_down
    update(posting, webhook, status="disabled")
    assert "webhook.disabled" in store.event_types()
    update(posting, webhook, status="active")
    assert store.all(WebhookState)[0].failed_events == ()
    posting.sender.answers = lambda _: BROKEN
