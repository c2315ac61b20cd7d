"""What is stored of webhooks, and the index of what waits for an endpoint."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from invoicing.domain.webhooks.delivery import Attempt, WebhookDelivery
from invoicing.domain.webhooks.replay import WebhookReplay
from invoicing.domain.webhooks.state import WebhookState
from invoicing.domain.webhooks.webhook import Subscription, WebhookRoster
from invoicing.identifiers import new_id
from invoicing.operations.unit_of_work.change_set import ChangeSet, ref_of
from invoicing.storage.webhooks import DynamoWaitingDeliveries
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.builders import a_webhook

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
ACCOUNT = "acc_1#test"


def a_delivery(**overrides: Any) -> WebhookDelivery:
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "id": new_id("dlv"),
        "webhook_id": "webhook_1",
        "event_id": "evt_1",
        "event": "invoice.paid",
        "resource_id": "inv_1",
        "body": '{"total": 1836.00}',
        "created_at": NOW,
    }
    return WebhookDelivery(**values | overrides)


def save(*entities: Any) -> None:
    for entity in entities:
        changes = ChangeSet()
        changes.save(entity)
        wiring().store.commit(changes)


ATTEMPTS = (
    Attempt(at=NOW, milliseconds=12, status_code=500, error="status", response="Überlastet"),
    Attempt(at=NOW, milliseconds=10_000, error="timeout"),
)
ENTITIES = [
    a_webhook(enabled_at=NOW),
    a_webhook(status="disabled", disabled_reason="gone", disabled_at=NOW, previous_secret="x", previous_expires_at=NOW),
    WebhookRoster(
        account=ACCOUNT, version=1, webhooks=(Subscription("webhook_1", ("invoice.*", "*"), is_active=False),)
    ),
    a_delivery(),
    a_delivery(attempts=ATTEMPTS, next_attempt_at=NOW, waits_until=NOW, not_before=NOW, replay_id="replay_1"),
    WebhookState(account=ACCOUNT, id="webhook_1", version=1),
    WebhookState(
        account=ACCOUNT,
        id="webhook_1",
        version=1,
        under_way=(("dlv_1", NOW),),
        failing_since=NOW,
        failed_events=("evt_1", "evt_2"),
        second=1795348800,
        started=3,
        replays=("replay_1",),
        due_at=NOW,
        waited_at=NOW,
    ),
    WebhookReplay(
        account=ACCOUNT,
        id=new_id("replay"),
        webhook_id="webhook_1",
        begins=NOW,
        ends=NOW,
        position="evt_1",
        created_at=NOW,
    ),
]


@pytest.mark.parametrize("entity", ENTITIES)
def test_what_is_stored_is_what_is_read(aws: Aws, entity: Any) -> None:
    save(entity)
    assert wiring().store.find(ref_of(entity)) == entity


def test_what_waits_is_found_by_its_time(aws: Aws) -> None:
    later, first, other, _ = waiting = [
        a_delivery(waits_until=NOW + timedelta(hours=1)),
        a_delivery(waits_until=NOW),
        a_delivery(waits_until=NOW, webhook_id="webhook_2"),
        a_delivery(),
    ]
    save(*waiting)
    found = DynamoWaitingDeliveries(wiring().database)
    end = NOW + timedelta(days=1)
    assert found.of(ACCOUNT, "webhook_1", end, 10) == [first.id, later.id]
    assert found.of(ACCOUNT, "webhook_1", end, 1) == [first.id]
    assert found.of(ACCOUNT, "webhook_1", NOW + timedelta(milliseconds=1), 10) == [first.id]
    assert found.of(ACCOUNT, "webhook_2", end, 10) == [other.id]
    assert found.of("acc_1", "webhook_1", end, 10) == []
    save(first.skipped("endpoint_deleted"))
    assert found.of(ACCOUNT, "webhook_1", end, 10) == [later.id]


def test_a_tick_finds_the_state_and_no_delivery(aws: Aws) -> None:
    save(a_delivery(waits_until=NOW), WebhookState(account=ACCOUNT, id="webhook_1", version=1, due_at=NOW))
    (entries,) = wiring().due_work.due(NOW + timedelta(seconds=1))
    assert [(each.kind, each.id, each.account) for each in entries] == [("WebhookState", "webhook_1", ACCOUNT)]
    assert list(wiring().due_work.of_clock(ACCOUNT, NOW + timedelta(days=1))) == []
