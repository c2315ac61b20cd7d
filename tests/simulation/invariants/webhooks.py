"""Webhooks: each gets every event that it wants, the same bytes each time, and nothing after its end."""

from collections.abc import Iterator

from invoicing.domain.events.event import Event
from invoicing.domain.events.patterns import matches
from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.domain.webhooks.replay import WebhookReplay
from invoicing.domain.webhooks.state import WebhookState
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.identifiers import time_of
from tests.simulation.simulation import Simulation


def each_event_has_one_body(simulation: Simulation) -> None:
    for url, taken in simulation.deployment.endpoints.taken.items():
        for event_id, bodies in taken.items():
            assert len(set(bodies)) == 1, (url, event_id, bodies)


def no_attempt_follows_a_success(simulation: Simulation) -> None:
    for delivery in simulation.store.all(WebhookDelivery):
        outcomes = [each.error is None for each in delivery.attempts]
        assert not any(outcomes[:-1]), delivery
        assert (delivery.status == "succeeded") == any(outcomes), delivery


def nothing_is_left_to_deliver(simulation: Simulation) -> None:
    """Of a webhook that was deleted, a delivery may be left that was stored, and not queued, just before."""
    webhooks = {webhook.id for webhook in simulation.store.all(Webhook)}
    for delivery in simulation.store.all(WebhookDelivery):
        assert delivery.status != "pending" or delivery.webhook_id not in webhooks, delivery
    for state in simulation.store.all(WebhookState):
        assert state.due_at is None, state
    for replay in simulation.store.all(WebhookReplay):
        assert replay.is_done or replay.webhook_id not in webhooks, replay


def every_webhook_gets_what_it_wants(simulation: Simulation) -> None:
    """Of those that were never switched off; nine attempts can fail, which the delivery says then."""
    by_event = {(each.webhook_id, each.event_id): each for each in simulation.store.all(WebhookDelivery)}
    for webhook, event in _wanted(simulation):
        delivery = by_event.get((webhook.id, event.id))
        assert delivery is not None, f"{webhook.id} has no delivery of {event.id} {event.type}"
        if delivery.status != "failed":
            assert simulation.deployment.endpoints.taken[webhook.url][event.id], delivery


def _wanted(simulation: Simulation) -> Iterator[tuple[Webhook, Event]]:
    for states in simulation.history.all(Webhook):
        known = [state.entity for state in states]
        webhook = simulation.store.entities.get((Webhook, known[-1].account, known[-1].id)) if known[-1] else None
        if webhook is None or any(each and each.status == "disabled" for each in known):
            continue
        since = next(state.since for state in states if state.entity)
        for recorded in simulation.recorded:
            event = recorded.event
            is_later = recorded.at > since and time_of(event.id) >= time_of(webhook.id)
            mine = event.resource_id == webhook.id or event.type != "webhook.test"
            if event.account == webhook.account and is_later and mine and matches(webhook.events, event.type):
                yield webhook, event


ALWAYS = (each_event_has_one_body, no_attempt_follows_a_success)
AT_REST = (nothing_is_left_to_deliver, every_webhook_gets_what_it_wants)
