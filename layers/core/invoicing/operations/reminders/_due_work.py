"""Looks at the reminders of invoices whose next step may have come."""

from dataclasses import replace

from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.invoices import INVOICE_REMINDER_SKIPPED
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.customer_reminder import gather
from invoicing.domain.reminders.due_work import due_look
from invoicing.domain.reminders.planning import Plan, after_plan, plan
from invoicing.domain.reminders.state import InvoiceReminders, Reason, skipped
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.reminders._reminded import Reminded, read_reminded
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def perform_due_work(uow: UnitOfWork, invoice_id: str) -> Done | None:
    """Look at an invoice (`invoicing.operations.reactions.run_due_work.Worker`)."""
    reminded = read_reminded(uow, invoice_id)
    due = due_look(reminded.reminders)
    if due is None or due.at > uow.now:
        return None
    return Done(Work.REMINDER, due_look(_look(uow, reminded)))


def postpone_due_work(uow: UnitOfWork, invoice_id: str, error: InvoicingError) -> Done | None:  # noqa: ARG001
    """Raise the error: a look waits for nothing but time."""
    raise error


def _look(uow: UnitOfWork, reminded: Reminded) -> InvoiceReminders:
    """Gather the step that is due, and decide those that are not sent."""
    situation = reminded.situation
    made = _gathered(uow, reminded, plan(situation, uow.now))
    after = after_plan(situation, made, uow.now)
    uow.changes.save(after)
    if made.skipped:
        _hold(uow, reminded)
    for step in made.skipped:
        uow.record(INVOICE_REMINDER_SKIPPED, reminded.invoice, step=step)
    return after


def _gathered(uow: UnitOfWork, reminded: Reminded, made: Plan) -> Plan:
    """Let the reminder of the customer name the step that is due; one that is full skips it."""
    if made.due is None:
        return made
    gathered = gather(reminded.recipient.reminder, reminded.invoice.id, made.due.offset, uow.now)
    if gathered is None:
        left_out = skipped(made.due, Reason.ALREADY_REMINDED, uow.now)
        return replace(made, skipped=(*made.skipped, left_out), due=None)
    uow.changes.save(gathered)
    return made


def _hold(uow: UnitOfWork, reminded: Reminded) -> None:
    """Make the transaction depend on what a skipped step was decided by; the invoice is written with its event."""
    recipient = reminded.recipient
    uow.changes.require(uow.ref(Account, PROFILE), recipient.account.version)
    uow.changes.require(uow.ref(AccountReminders, REMINDERS), recipient.own.version)
    uow.changes.require(uow.ref(Customer, recipient.customer.id), recipient.customer.version)
