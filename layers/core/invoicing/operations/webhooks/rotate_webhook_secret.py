"""Give a webhook another secret."""

from datetime import timedelta

from invoicing.domain.events.webhooks import WEBHOOK_SECRET_ROTATED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.webhooks.signature import new_webhook_secret
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._ports import SecretBox
from invoicing.operations.webhooks.create_webhook import WithSecret


def rotate_webhook_secret(
    uow: UnitOfWork,
    webhook_id: str,
    secret: str | None,
    overlap: timedelta,
    *,
    box: SecretBox,
    if_version: int | None = None,
) -> WithSecret:
    """Sign with a given or new secret from now on, and for so long also with the one of now.

    A third one, which signed until now from an earlier rotation, ends at once. Signatures go by real time. `NotFound`
    ``WEBHOOK_NOT_FOUND``; `PreconditionFailed`.
    """
    webhook = uow.get(Webhook, webhook_id)
    require_version(webhook, if_version)
    secret = secret or new_webhook_secret(uow.new_secret())
    rotated = webhook.rotated(box.seal(secret, uow.account), uow.real_now + overlap, uow.now)
    uow.changes.save(rotated)
    uow.record(WEBHOOK_SECRET_ROTATED, rotated)
    return WithSecret(rotated, secret)
