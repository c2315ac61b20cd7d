"""An invoice that another system issued: booked as one of ours, at its own dates, and announced to nobody."""

from collections.abc import Sequence
from dataclasses import replace

from invoicing.domain.calendar import instant_text, start_of_day, today
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.events.invoices import (
    INVOICE_CANCELLED,
    INVOICE_CREATED,
    INVOICE_OVERDUE,
    INVOICE_PAID,
    INVOICE_PARTIALLY_PAID,
    INVOICE_SENT,
)
from invoicing.domain.imports.data_import import Import, RaisedSeries
from invoicing.domain.imports.figures import with_given_figures
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.imports.imported_invoice import ImportedInvoice
from invoicing.domain.invoices.drafting import draft_invoice
from invoicing.domain.invoices.due_work import overdue_from
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.invoices.lifecycle import became_overdue, cancelled
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.exchange import require_rate
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.reading import read_number
from invoicing.domain.numbering.series import NumberReservation
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.imports._imported_payments import pay_imported
from invoicing.operations.imports._silence import keep_silent
from invoicing.operations.invoices._drafts import reserve_number
from invoicing.operations.invoices._issuing import issued_from
from invoicing.operations.ledger.bookkeeping import book_invoice
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def take_invoice(uow: UnitOfWork, data_import: Import, given: ImportedInvoice) -> tuple[str, Sequence[RaisedSeries]]:
    """Issue the invoice with its own number and dates; return what its rows count as, and the series that it raises.

    What of it is paid, and that it is overdue, is in one transaction with it. The reservation of its number is what
    makes it once: the same rows again are skipped. `Conflict` ``DUPLICATE_INVOICE_NUMBER`` for a number in other use,
    ``PERIOD_LOCKED``; `ValidationFailed` as `draft_invoice`, `with_given_figures`, `pay_imported`, and
    ``INVALID_CUSTOMER``, ``DATE_INVALID``, ``STATUS_MISMATCH``.
    """
    customer_id = given.new.customer_id
    uow.prefetch((Account, PROFILE), (Customer, customer_id), (ExchangeRates, RATES), (NumberReservation, given.number))
    account = uow.get(Account, PROFILE)
    raised = _raised(account, given)
    if known := uow.find(NumberReservation, given.number):
        return _known(uow, data_import, given, known), raised
    _require_past(uow, account, given)
    customer = customer_to_bill(uow, uow.find(Customer, customer_id), customer_id, unchanged=True, archived=True)
    draft = _draft(uow, data_import, given, account, customer)
    reserve_number(uow, given.number, draft.id)
    uow.record(INVOICE_CREATED, draft)
    issued_at = start_of_day(draft.issue_date, account.time_zone)
    issued = replace(issued_from(uow, draft, draft.buyer, account, at=issued_at), updated_at=uow.now)
    uow.record(INVOICE_SENT, issued)
    after = _ended(uow, given, issued, account)
    uow.changes.save(after)
    keep_silent(uow, after, wants_reminders=data_import.reminders)
    return "created", raised


def _known(uow: UnitOfWork, data_import: Import, given: ImportedInvoice, reservation: NumberReservation) -> str:
    """Return what the rows of an invoice count as whose number is in use."""
    found = uow.find(Invoice, reservation.taken_by) if reservation.document_type == "invoice" else None
    mark = found.import_mark if found else None
    if mark is None or mark.content != given.content:
        message = f"The number {given.number} is in use; an issued invoice cannot be replaced."
        detail = Detail("invoice_number", message, "DUPLICATE_INVOICE_NUMBER", given.number)
        raise Conflict("DUPLICATE_INVOICE_NUMBER", message, (detail,))
    return mark.outcome if mark.import_id == data_import.id else "skipped"


def _require_past(uow: UnitOfWork, account: Account, given: ImportedInvoice) -> None:
    latest, on = today(uow.now, account.time_zone), given.new.issue_date
    if on and on > latest:
        message = f"issue_date must be {latest} or earlier; imported invoices were issued in the past."
        raise ValidationFailed(Detail("issue_date", message, "DATE_INVALID", on.isoformat()))


def _draft(
    uow: UnitOfWork, data_import: Import, given: ImportedInvoice, account: Account, customer: Customer
) -> Invoice:
    draft, differs = with_given_figures(
        given, lambda new: draft_invoice(new, account, customer, new_id=uow.new_id, now=uow.now)
    )
    require_rate(draft.currency, account.currency, given.new.exchange_rate)
    if differs:
        tax, total = (to_major(amount, draft.currency) for amount in (draft.tax, draft.total))
        message = f"The tax {tax} and the total {total} are kept as they were issued; rounded by our rules they differ."
        uow.warn("total", "FIGURES_KEPT", message)
    return replace(draft, import_mark=ImportMark(data_import.id, "created", given.content))


def _ended(uow: UnitOfWork, given: ImportedInvoice, issued: Invoice, account: Account) -> Invoice:
    """Return the invoice in the state that it has by now, with what led to it."""
    if given.status == "cancelled":
        return _cancelled(uow, given, issued)
    after = pay_imported(uow, issued, given.payments, account)
    _require_status(given, after)
    if after.status is Status.PAID:
        uow.record(INVOICE_PAID, after)
    elif after.amount_paid:
        uow.record(INVOICE_PARTIALLY_PAID, after)
    at = overdue_from(after, account.time_zone)
    if after.status in OPEN_STATUSES and at <= uow.now and not after.overdue_at:
        after = became_overdue(after, at, uow.now)
        uow.record(INVOICE_OVERDUE, after, overdue_at=instant_text(at))
    return after


def _require_status(given: ImportedInvoice, after: Invoice) -> None:
    has = "paid" if not after.amount_due else "partially_paid" if after.amount_paid else "sent"
    if given.status not in {None, has}:
        message = f"status is given as {given.status}, and by its payments the invoice is {has}."
        raise ValidationFailed(Detail("status", message, "STATUS_MISMATCH", given.status))


def _cancelled(uow: UnitOfWork, given: ImportedInvoice, issued: Invoice) -> Invoice:
    """Return the invoice voided on the day of its issue, so that it counts in no period."""
    if given.payments:
        message = "A cancelled invoice has no payments: import it as paid, and credit it."
        raise ValidationFailed(Detail("payments", message, "STATUS_MISMATCH"))
    taxes = cash_taxes([(issued, None)])
    book_invoice(uow, Movement.VOID, issued, issued.issue_date, -issued.amount_due, cash_taxes=taxes)
    after = cancelled(issued, None, uow.now)
    uow.record(INVOICE_CANCELLED, after)
    return after


def _raised(account: Account, given: ImportedInvoice) -> tuple[RaisedSeries, ...]:
    """Return the series of invoices that would write such a number, behind it."""
    series = (each for each in account.number_series if each.document_type == "invoice")
    found = ((each.id, read_number(account.number_rule(each.id), given.number)) for each in series)
    return tuple(
        RaisedSeries(series_id, read.period, read.value + 1, read.following) for series_id, read in found if read
    )
