"""The due work of recurring invoices: the invoice of the next date, or dates that are skipped."""

from dataclasses import replace

from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.recurring_invoices import (
    RECURRING_INVOICE_COMPLETED,
    RECURRING_INVOICE_GENERATED,
    RECURRING_INVOICE_GENERATION_FAILED,
    RECURRING_INVOICE_SKIPPED,
)
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.occurrences import Occurrence, Skipped, next_occurrence
from invoicing.domain.recurring.progress import failed, made, settled, skipped
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus, due_work_of
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.notices._gathering import tell_of
from invoicing.operations.recurring._generating import generate
from invoicing.operations.recurring._moves import follow_customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def perform_due_work(uow: UnitOfWork, schedule_id: str) -> Done | None:
    """Make the invoice of the next date, or skip dates (`invoicing.operations.reactions.run_due_work.Worker`).

    The invoice and the move of the schedule to its next date are written in one transaction.
    """
    schedule = _due(uow, schedule_id)
    if schedule is None:
        return None
    uow.prefetch(
        (Account, PROFILE),
        (Customer, schedule.customer_id),
        (NumberSeries, schedule.content.series_id or INVOICES),
        (ExchangeRates, RATES),
        (AccountReminders, REMINDERS),
    )
    account, customer = uow.get(Account, PROFILE), uow.find(Customer, schedule.customer_id)
    schedule = follow_customer(uow, schedule, customer)
    match next_occurrence(schedule, account, uow.now):
        case Occurrence() as occurrence:
            after = _generated(uow, schedule, occurrence, account, customer)
        case Skipped() as skip:
            after = _skipped(uow, schedule, skip, account, customer)
        case None:
            after = replace(settled(schedule, account), version=schedule.version + 1)
    return _written(uow, after, made_one=after.invoices_generated > schedule.invoices_generated)


def postpone_due_work(uow: UnitOfWork, schedule_id: str, error: InvoicingError) -> Done | None:
    """Keep why the next invoice could not be made, and try again later.

    As `invoicing.operations.reactions.run_due_work.Worker` says. There is one event for each reason, and the daily
    notice to the account names the schedule.
    """
    schedule = _due(uow, schedule_id)
    if schedule is None:
        return None
    account = uow.get(Account, PROFILE)
    after, is_new = failed(schedule, error, account, uow.now)
    if is_new:
        uow.record(RECURRING_INVOICE_GENERATION_FAILED, after, is_failure=True)
        tell_of(uow, account=account, unmade=[after])
    return _written(uow, after, made_one=False)


def _due(uow: UnitOfWork, schedule_id: str) -> RecurringInvoice | None:
    """Return the schedule if something may be due of it."""
    schedule = uow.find(RecurringInvoice, schedule_id)
    due = due_work_of(schedule) if schedule else None
    return None if due is None or due.at > uow.now else schedule


def _generated(
    uow: UnitOfWork, schedule: RecurringInvoice, occurrence: Occurrence, account: Account, customer: Customer | None
) -> RecurringInvoice:
    """Return the schedule after the invoice of a date was made."""
    invoice = generate(uow, schedule, occurrence, account, customer)
    after = made(schedule, occurrence, account, uow.now)
    uow.record(RECURRING_INVOICE_GENERATED, after, occurrence=occurrence, invoice=invoice)
    return after


def _skipped(
    uow: UnitOfWork, schedule: RecurringInvoice, skip: Skipped, account: Account, customer: Customer | None
) -> RecurringInvoice:
    """Return the schedule after dates were skipped; the transaction depends on what that was decided by."""
    uow.changes.require(uow.ref(Account, PROFILE), account.version)
    uow.changes.require(uow.ref(Customer, schedule.customer_id), customer.version if customer else 0)
    after = skipped(schedule, skip, account, uow.now)
    uow.record(RECURRING_INVOICE_SKIPPED, after, skip=skip)
    return after


def _written(uow: UnitOfWork, after: RecurringInvoice, *, made_one: bool) -> Done:
    """Write the schedule, and say what it waits for next; only an invoice counts as work that was done."""
    uow.changes.save(after)
    if after.status is RecurringStatus.COMPLETED:
        uow.record(RECURRING_INVOICE_COMPLETED, after)
    return Done(Work.OCCURRENCE, due_work_of(after), is_put_off=not made_one)
