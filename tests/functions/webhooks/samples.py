"""The webhook and delivery that the sample events name."""

from datetime import UTC, datetime

from invoicing.domain.webhooks.delivery import Attempt, WebhookDelivery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._ports import UrlRules
from invoicing.operations.webhooks.create_webhook import create_webhook
from tests.fake_webhooks import FakeBox
from tests.sample_business import Run

WEBHOOK_ID = "webhook_0195512345007a3b8c1d2e3f40516291"
DELIVERY_ID = "dlv_0195512345007a3b8c1d2e3f40516292"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def keep(run: Run) -> None:
    rules = UrlRules(resolve=lambda *_: [])
    url = "https://hooks.example.com/invoicing"
    run(
        lambda uow: create_webhook(uow, url, ("invoice.*",), SECRET, rules=rules, box=FakeBox()),
        webhook=WEBHOOK_ID,
    )
    run(_delivery)


def _delivery(uow: UnitOfWork) -> None:
    at = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
    delivery = WebhookDelivery(
        account=uow.account,
        id=DELIVERY_ID,
        webhook_id=WEBHOOK_ID,
        event_id="evt_0195512345007a3b8c1d2e3f40600001",
        event="invoice.sent",
        resource_id="inv_0195512345007a3b8c1d2e3f40516275",
        body="{}",
        status="failed",
        attempts=(Attempt(at=at, milliseconds=12, status_code=500, error="status", response="broken"),),
        created_at=at,
    )
    uow.changes.save(delivery)
