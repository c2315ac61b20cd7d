"""Disabling of webhooks whose endpoints do not answer."""

from invoicing.domain.events.webhooks import WEBHOOK_DISABLED
from invoicing.domain.webhooks.webhook import ROSTER, Reason, Webhook, WebhookRoster
from invoicing.operations.notices._gathering import tell_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._own_webhooks import find_roster, save_webhook


def disable(uow: UnitOfWork, webhook_id: str, reason: Reason) -> bool:
    """Disable a webhook, record it, and put it into the account's next notice; False if it is already off or deleted.

    The notice waits by the test clock of the account, although endpoints know real time only.
    """
    uow.prefetch((Webhook, webhook_id), (WebhookRoster, ROSTER))
    webhook = uow.find(Webhook, webhook_id)
    if webhook is None or webhook.status == "disabled":
        return False
    disabled = webhook.disabled(reason, uow.now)
    save_webhook(uow, disabled, find_roster(uow))
    uow.record(WEBHOOK_DISABLED, disabled)
    tell_of(uow.by_test_clock(), disabled=[disabled])
    return True
