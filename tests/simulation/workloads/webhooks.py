"""Webhooks: created, tested, rotated, replayed, switched off and on, and deleted while events come."""

from datetime import timedelta

from invoicing.domain.webhooks.delivery import WebhookDelivery
from tests.simulation.client import Clerk

PATTERNS = (["*"], ["*"], ["invoice.*"], ["customer.*", "invoice.paid"])


def create_webhook(clerk: Clerk) -> None:
    key = clerk.new_key()
    body = {"url": f"https://{key.lower()}.example.com/", "events": clerk.random.choice(PATTERNS)}
    clerk.create("webhook", "webhooks/create_webhook", body, key=key)


def send_webhook_test(clerk: Clerk) -> None:
    if webhook := clerk.any_known("webhook"):
        clerk.send("webhooks/send_webhook_test", webhook_id=webhook)


def rotate_webhook_secret(clerk: Clerk) -> None:
    if webhook := clerk.any_known("webhook"):
        clerk.send("webhooks/rotate_webhook_secret", {}, webhook_id=webhook)


def switch_webhook(clerk: Clerk) -> None:
    if webhook := clerk.any_known("webhook"):
        status = clerk.random.choice(("active", "active", "disabled"))
        clerk.send("webhooks/update_webhook", {"status": status}, webhook_id=webhook)


def delete_webhook(clerk: Clerk) -> None:
    if webhook := clerk.any_known("webhook"):
        clerk.send("webhooks/delete_webhook", webhook_id=webhook)


def replay_webhook(clerk: Clerk) -> None:
    if webhook := clerk.any_known("webhook"):
        period = {"from": (clerk.now - timedelta(days=1)).isoformat(), "to": clerk.now.isoformat()}
        clerk.send("webhooks/replay_webhook", period, webhook_id=webhook)


def retry_webhook_delivery(clerk: Clerk) -> None:
    """Somebody reads the list, and wants one again."""
    deliveries = clerk.simulation.store.all(WebhookDelivery)
    if mine := [each for each in deliveries if each.account == clerk.company.account]:
        chosen = clerk.random.choice(mine)
        clerk.send("webhooks/retry_webhook_delivery", webhook_id=chosen.webhook_id, delivery_id=chosen.id)


STEPS = (
    *(create_webhook,) * 2,
    send_webhook_test,
    rotate_webhook_secret,
    switch_webhook,
    delete_webhook,
    replay_webhook,
    retry_webhook_delivery,
)
