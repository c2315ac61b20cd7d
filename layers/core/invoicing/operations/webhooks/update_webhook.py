"""Change a webhook."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.events.webhooks import WEBHOOK_DISABLED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.webhooks.state import LOOK_AGAIN, WebhookState
from invoicing.domain.webhooks.webhook import ROSTER, Webhook, WebhookRoster
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._own_webhooks import find_roster, require_patterns, require_url, save_webhook
from invoicing.operations.webhooks._ports import UrlRules


def update_webhook(
    uow: UnitOfWork,
    webhook_id: str,
    values: Mapping[str, Any],
    *,
    rules: UrlRules,
    if_version: int | None = None,
) -> Webhook:
    """Change URL, patterns or status; deliveries that wait go to the new URL.

    Switched on again, an endpoint begins without failures, and nothing is sent by itself; switched off, what waits is
    skipped. `NotFound` ``WEBHOOK_NOT_FOUND``; `PreconditionFailed`; `ValidationFailed` as `create_webhook`.
    """
    uow.prefetch((Webhook, webhook_id), (WebhookRoster, ROSTER), (WebhookState, webhook_id))
    before, roster = uow.get(Webhook, webhook_id), find_roster(uow)
    require_version(before, if_version)
    given = dict(values)
    status = given.pop("status", before.status)
    if "events" in given:
        require_patterns(given["events"])
    if "url" in given:
        require_url(given["url"], rules)
    after = replace(before, **given)
    if status != before.status:
        after = after.enabled(uow.now, uow.real_now) if status == "active" else after.disabled("requested", uow.now)
        _forgive_failures(uow, webhook_id)
    elif after != before:
        after = replace(after, version=before.version + 1, updated_at=uow.now)
    if after != before:
        save_webhook(uow, after, roster)
    if after.status != before.status == "active":
        uow.record(WEBHOOK_DISABLED, after)
    return after


def _forgive_failures(uow: UnitOfWork, webhook_id: str) -> None:
    """Forget what failed; what waits is looked at with the next tick."""
    if state := uow.find(WebhookState, webhook_id):
        uow.changes.save(replace(state.forgiven(), due_at=uow.real_now + LOOK_AGAIN if state.due_at else None))
