"""E-mails of reminders, one for all that was gathered for a customer, and what invoices learn of them."""

from dataclasses import replace

from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.invoices import INVOICE_REMINDER_SENT, INVOICE_REMINDER_SKIPPED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.customer_reminder import (
    MOST_NAMED,
    Composition,
    CustomerReminder,
    OpenInvoice,
    compose,
    composed,
    told,
)
from invoicing.domain.reminders.due_work import due_email
from invoicing.domain.reminders.state import InvoiceReminders, PastStep, with_outcome
from invoicing.domain.reminders.steps import is_sending_time, next_sending_time
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.reminders._emails import DEFAULT_WORDING, order_reminder
from invoicing.operations.reminders._reminded import (
    Recipient,
    Reminded,
    add_reminders,
    reachable_of,
    read_all_reminded,
    reminders_of,
)
from invoicing.operations.reminders._reminder_change import OPEN
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_PER_PAGE = 100


def perform_due_work(uow: UnitOfWork, customer_id: str) -> Done | None:
    """Tell an invoice of the last e-mail, else make the next (`invoicing.operations.reactions.run_due_work.Worker`).

    What is done is a `Work.REMINDER_EMAIL` only where an e-mail was made.
    """
    uow.prefetch(
        (CustomerReminder, customer_id), (Customer, customer_id), (Account, PROFILE), (AccountReminders, REMINDERS)
    )
    reminder = uow.find(CustomerReminder, customer_id)
    due = due_email(reminder) if reminder else None
    if reminder is None or due is None or due.at > uow.now:
        return None
    after = _tell(uow, reminder) if reminder.outcomes else _make(uow, reachable_of(uow, customer_id))
    uow.changes.save(after)
    is_made = after.reminded_at != reminder.reminded_at
    return Done(Work.REMINDER_EMAIL if is_made else Work.REMINDER, due_email(after))


def postpone_due_work(uow: UnitOfWork, customer_id: str, error: InvoicingError) -> Done | None:  # noqa: ARG001
    """Raise the error: an e-mail waits for nothing but time."""
    raise error


def _make(uow: UnitOfWork, recipient: Recipient) -> CustomerReminder:
    """Make the e-mail of what was gathered and still stands; outside the hours of sending it waits."""
    reminder, settings, zone = recipient.reminder, recipient.settings, recipient.account.time_zone
    if not is_sending_time(uow.now, settings, zone):
        due_at = next_sending_time(uow.now, settings, zone)
        return replace(reminder, version=reminder.version + 1, due_at=due_at)
    gathered = read_all_reminded(uow, recipient, reminder.steps)
    also = _open_invoices(uow, recipient) if settings.mode == "per_customer" else []
    made = compose([each.as_open for each in gathered.values()], settings.mode, also, uow.now)
    if made.lead is None:
        return composed(reminder, made, uow.now)
    return _send(uow, gathered[made.lead.id], made)


def _send(uow: UnitOfWork, lead: Reminded, made: Composition) -> CustomerReminder:
    """Order the e-mail with the event of the invoice that it is worded for; the others get theirs one by one."""
    recipient, offset = lead.recipient, lead.recipient.reminder.steps[lead.invoice.id]
    steps = {each: step for each, step in recipient.reminder.steps.items() if each not in made.dropped}
    deliveries = order_reminder(
        uow,
        recipient,
        lead.invoice,
        tuple((each.id, steps.get(each.id)) for each in made.named),
        mode=recipient.settings.mode,
        wording=lead.rules.entries.get(offset, DEFAULT_WORDING),
        page_url=recipient.own.page_url,
    )
    after = composed(recipient.reminder, made, uow.now, tuple(each.id for each in deliveries))
    reminders = with_outcome(lead.reminders, after.outcomes[lead.invoice.id])
    uow.changes.save(replace(reminders, version=reminders.version + 1))
    uow.record(INVOICE_REMINDER_SENT, lead.invoice, step=_step(reminders, offset), deliveries=deliveries)
    return replace(told(after, lead.invoice.id), version=after.version)


def _tell(uow: UnitOfWork, reminder: CustomerReminder) -> CustomerReminder:
    """Let the next invoice know what became of its gathered step, with the only event of it.

    Whoever looked at the invoice meanwhile may have written the outcome; that it is told is for this one to say.
    """
    invoice_id, outcome = next(iter(reminder.outcomes.items()))
    uow.prefetch((Invoice, invoice_id), (InvoiceReminders, invoice_id))
    reminders = with_outcome(reminders_of(uow, invoice_id), outcome)
    uow.changes.save(replace(reminders, version=reminders.version + 1))
    event = INVOICE_REMINDER_SKIPPED if outcome.reason else INVOICE_REMINDER_SENT
    uow.record(event, uow.get(Invoice, invoice_id), step=_step(reminders, outcome.offset))
    return told(reminder, invoice_id)


def _step(reminders: InvoiceReminders, offset: int) -> PastStep:
    return next(past for past in reminders.past if past.offset == offset)


def _open_invoices(uow: UnitOfWork, recipient: Recipient) -> list[OpenInvoice]:
    """Return the open invoices of the customer, the oldest first, as lists know them."""
    found: list[Invoice] = []
    cursor: str | None = None
    while len(found) < MOST_NAMED:
        query = ListQuery(
            conditions=(Condition("customer_id", "eq", (recipient.customer.id,)), OPEN),
            sorts=(Sort("created_at", descending=False),),
            per_page=_PER_PAGE,
            cursor=cursor,
            with_lines=False,
        )
        page = uow.page_of(Invoice, query)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
    return [each.as_open for each in add_reminders(uow, recipient, found)]
