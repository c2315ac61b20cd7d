"""The due work of invoices."""

from dataclasses import replace

from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.invoices import INVOICE_OVERDUE
from invoicing.domain.invoices.due_work import awaiting_overdue, due_work_of, overdue_from
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import became_overdue
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.invoices._late_fees import awaiting_late_fee, charge_next_late_fee, postpone_late_fee
from invoicing.operations.invoices._scheduled_sends import postpone_scheduled_send, run_scheduled_send
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def perform_due_work(uow: UnitOfWork, invoice_id: str) -> Done | None:
    """Do the next due work of an invoice (`invoicing.operations.reactions.run_due_work.Worker`)."""
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice = uow.find(Invoice, invoice_id)
    due = due_work_of(invoice) if invoice else None
    if invoice is None or due is None or due.at > uow.now:
        return None
    account = uow.get(Account, PROFILE)
    if due.work is Work.SCHEDULED_SEND and invoice.scheduled_send:
        after = run_scheduled_send(uow, invoice, invoice.scheduled_send, account)
    elif due.work is Work.LATE_FEE:
        after = charge_next_late_fee(uow, invoice, account)
    else:
        after = become_overdue(uow, invoice, account)
    return Done(due.work, due_work_of(after))


def postpone_due_work(uow: UnitOfWork, invoice_id: str, error: InvoicingError) -> Done | None:
    """Let a scheduled send or a late fee wait after an error.

    As `invoicing.operations.reactions.run_due_work.Worker` says.
    """
    invoice = uow.find(Invoice, invoice_id)
    due = due_work_of(invoice) if invoice else None
    if invoice is None or due is None or due.at > uow.now:
        return None
    if due.work is Work.SCHEDULED_SEND and invoice.scheduled_send:
        after = postpone_scheduled_send(uow, invoice, invoice.scheduled_send, error)
    elif due.work is Work.LATE_FEE and invoice.next_late_fee:
        after = postpone_late_fee(uow, invoice, invoice.next_late_fee, error)
    else:
        raise error
    return Done(due.work, due_work_of(after))


def become_overdue(uow: UnitOfWork, invoice: Invoice, account: Account) -> Invoice:
    """Make an open invoice overdue if its due date has passed in the account's time zone, else let it wait until then.

    The time zone may have changed since the invoice was written.
    """
    at = overdue_from(invoice, account.time_zone)
    waiting = replace(invoice, version=invoice.version + 1)
    if at > uow.now:
        waiting = awaiting_overdue(waiting, account.time_zone)
        uow.changes.save(waiting)
        return waiting
    overdue = awaiting_late_fee(uow, became_overdue(waiting, at, uow.now), account)
    uow.changes.save(overdue)
    uow.record(INVOICE_OVERDUE, overdue, overdue_at=instant_text(at))
    return overdue
