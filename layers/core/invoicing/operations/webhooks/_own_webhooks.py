"""The webhooks of an account, which the roster names."""

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.patterns import patterns
from invoicing.domain.webhooks.address import UrlRefused, require_public_url
from invoicing.domain.webhooks.webhook import ROSTER, Webhook, WebhookRoster
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._ports import UrlRules


def find_roster(uow: UnitOfWork) -> WebhookRoster:
    """Return the roster, a new one where there is none."""
    return uow.find(WebhookRoster, ROSTER) or WebhookRoster(account=uow.account)


def webhook_and_roster(uow: UnitOfWork, webhook_id: str) -> tuple[Webhook, WebhookRoster]:
    """Return a webhook with the roster; one request. `NotFound` ``WEBHOOK_NOT_FOUND``."""
    uow.prefetch((Webhook, webhook_id), (WebhookRoster, ROSTER))
    return uow.get(Webhook, webhook_id), find_roster(uow)


def save_webhook(uow: UnitOfWork, webhook: Webhook, roster: WebhookRoster) -> None:
    """Store a webhook, and the roster where it says something else then; `Conflict` ``TOO_MANY_WEBHOOKS``."""
    uow.changes.save(webhook)
    after = roster.with_webhook(webhook)
    if after.webhooks != roster.webhooks:
        uow.changes.save(after)


def require_url(url: str, rules: UrlRules) -> None:
    """Raise `ValidationFailed` ``URL_NOT_PUBLIC`` for a URL that webhooks do not go to."""
    try:
        require_public_url(url, rules.resolve, allow_localhost=rules.allow_localhost)
    except UrlRefused as refused:
        raise ValidationFailed(Detail("url", f"url {refused}.", "URL_NOT_PUBLIC", url)) from refused


def require_patterns(events: tuple[str, ...]) -> None:
    """Raise `ValidationFailed` ``EVENT_TYPE_UNKNOWN`` for patterns that no event type matches."""
    known = patterns()
    unknown = [
        Detail(
            f"events[{index}]",
            f"events[{index}] must be an event type such as invoice.paid, invoice.* or *.",
            "EVENT_TYPE_UNKNOWN",
            each,
        )
        for index, each in enumerate(events)
        if each not in known
    ]
    if unknown:
        raise ValidationFailed(*unknown)
