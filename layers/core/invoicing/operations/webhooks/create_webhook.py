"""Create a webhook."""

from invoicing.dataclass import dataclass
from invoicing.domain.webhooks.signature import new_webhook_secret
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._own_webhooks import find_roster, require_patterns, require_url, save_webhook
from invoicing.operations.webhooks._ports import SecretBox, UrlRules


@dataclass(frozen=True, slots=True)
class WithSecret:
    """A webhook with its secret, which is shown once."""

    webhook: Webhook
    secret: str


def create_webhook(
    uow: UnitOfWork, url: str, events: tuple[str, ...], secret: str | None, *, rules: UrlRules, box: SecretBox
) -> WithSecret:
    """Create a webhook with a given or new secret.

    `ValidationFailed` ``URL_NOT_PUBLIC``, ``EVENT_TYPE_UNKNOWN``; `Conflict` ``TOO_MANY_WEBHOOKS``.
    """
    require_patterns(events)
    require_url(url, rules)
    secret = secret or new_webhook_secret(uow.new_secret())
    webhook = Webhook(
        account=uow.account,
        id=uow.new_id("webhook"),
        url=url,
        events=events,
        secret=box.seal(secret, uow.account),
        created_at=uow.now,
        updated_at=uow.now,
    )
    save_webhook(uow, webhook, find_roster(uow))
    return WithSecret(webhook, secret)
