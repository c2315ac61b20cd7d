"""Delete a webhook."""

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._own_webhooks import webhook_and_roster


def delete_webhook(uow: UnitOfWork, webhook_id: str, *, if_version: int | None = None) -> None:
    """Remove the webhook: nothing is sent to it any more, and what waits for it is skipped.

    `NotFound` ``WEBHOOK_NOT_FOUND``; `PreconditionFailed`.
    """
    webhook, roster = webhook_and_roster(uow, webhook_id)
    require_version(webhook, if_version)
    uow.changes.remove(webhook)
    uow.changes.save(roster.without(webhook_id))
