"""Show the reminder that an invoice gets."""

from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after, today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.parties.account import Account
from invoicing.domain.reminders.settings import Mode, ScheduleEntry
from invoicing.domain.reminders.steps import next_permitted
from invoicing.domain.templates.template import Template
from invoicing.operations.reminders._reminded import read_reminded
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPreview:
    """What is shown: the reminder of an invoice ``on`` a day, in the wording of an ``entry``, None for ours.

    The ``template`` is the current version of the invoice's.
    """

    invoice: Invoice
    account: Account
    entry: ScheduleEntry | None
    mode: Mode
    on: date
    template: Template | None = None


def preview_reminder(uow: UnitOfWork, invoice_id: str, step: int | None) -> ReminderPreview:
    """Return what the reminder of a step shows on the day on which it is sent; without a step, one by hand today.

    `NotFound` ``INVOICE_NOT_FOUND``; `ValidationFailed` ``STEP_UNKNOWN`` for one that the schedule does not have.
    """
    reminded = read_reminded(uow, invoice_id)
    invoice, account, rules = reminded.invoice, reminded.recipient.account, reminded.rules
    if step is not None and step not in rules.entries:
        message = "step must be one of the schedule of the invoice, in days from the due date."
        raise ValidationFailed(Detail("step", message, "STEP_UNKNOWN", step))
    day = today(uow.now, account.time_zone)
    if step is not None:
        day = next_permitted(days_after(invoice.due_date, step), rules.weekdays)
    entry = None if step is None else rules.entries[step]
    mode = reminded.recipient.settings.mode
    template = _template(uow, invoice, account)
    return ReminderPreview(invoice=invoice, account=account, entry=entry, mode=mode, on=day, template=template)


def _template(uow: UnitOfWork, invoice: Invoice, account: Account) -> Template | None:
    """Return what the reminder looks like; one request, none for our look."""
    if is_issued(invoice) and invoice.template is None:
        return None
    named = invoice.template.id if invoice.template else invoice.template_id
    ref = account.template_for(named, invoice.buyer.template_id) or invoice.template
    return uow.get(Template, ref.key) if ref else None
