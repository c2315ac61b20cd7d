"""The schedules that the sample events name: one that goes on, and a paused one."""

from invoicing.api.inputs.recurring import CreateRecurringInvoiceInput
from invoicing.operations.recurring.create_recurring_invoice import create_recurring_invoice
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from tests.functions.recurring.asking import NEW
from tests.sample_business import Run

ACTIVE_ID, PAUSED_ID = (f"rec_0195512345007a3b8c1d2e3f405162{end}" for end in ("75", "76"))
PAGE_URL = "https://api.example.com/v1/invoicing/i"


def keep(run: Run) -> None:
    given = CreateRecurringInvoiceInput.parse(NEW)
    new, content = given.schedule(), given.content()
    for number, schedule_id in enumerate((ACTIVE_ID, PAUSED_ID)):
        run(
            lambda uow: create_recurring_invoice(uow, new, content, page_url=PAGE_URL),
            first=228 + number,
            rec=schedule_id,
        )
    run(lambda uow: pause_recurring_invoice(uow, PAUSED_ID), first=230)
