"""What the use cases of drafts share: reserved numbers, and warnings."""

from dataclasses import replace
from datetime import date

from invoicing.domain.calendar import today
from invoicing.domain.drawing_warnings import warnings_of_invoice
from invoicing.domain.errors import Conflict, Detail
from invoicing.domain.invoices.exemptions import tax_warnings
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import has_number_of_series
from invoicing.domain.invoices.payment_means import means_warnings
from invoicing.domain.locales import locale_warnings
from invoicing.domain.numbering.series import NumberReservation
from invoicing.domain.parties.account import Account
from invoicing.operations.templates._chosen import warn_of_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def reserve_number(uow: UnitOfWork, number: str, invoice_id: str) -> None:
    """Reserve a client's own number for its invoice; `Conflict` ``DUPLICATE_INVOICE_NUMBER`` when it is in use."""
    reservation = NumberReservation(account=uow.account, id=number, taken_by=invoice_id)
    uow.changes.save(reservation, on_conflict=_number_taken)


def release_number(uow: UnitOfWork, draft: Invoice) -> None:
    """Release the client's own number of a draft, if it has one: it appears on no document."""
    if draft.number is not None:
        uow.changes.remove(NumberReservation(account=uow.account, id=draft.number, taken_by=draft.id))


def series_of(draft: Invoice) -> str:
    """Return the series that numbers a draft without a number of the client's own."""
    if draft.series_id is None:
        raise LookupError("only a number of the client's own has no series")
    return draft.series_id


def warn_of_draft(uow: UnitOfWork, invoice: Invoice, account: Account) -> None:
    """Warn of what is doubtful in an invoice that is drafted or issued: dates, payment, taxes, locale, text, look."""
    if invoice.due_date < today(uow.now, account.time_zone):
        uow.warn("due_date", "DUE_DATE_PASSED", "due_date has passed: the invoice is overdue as soon as it is issued.")
    if means := invoice.stated.payment_means:
        uow.warnings.extend(means_warnings(means, invoice.currency, account.account_in(invoice.currency)))
    uow.warnings.extend(tax_warnings(invoice, account))
    uow.warnings.extend(warnings_of_invoice(invoice))
    uow.warnings.extend(locale_warnings(invoice.locale))
    warn_of_template(uow, account, invoice.template_id, invoice.buyer.template_id)


def redate_number(uow: UnitOfWork, draft: Invoice, issue_date: date) -> None:
    """Keep the issue date of a draft with its number of the series, if it has one; one request, none without a change.

    Audits compare the order of numbers with that of dates.
    """
    if draft.number is None or draft.issue_date == issue_date or not has_number_of_series(draft):
        return
    reservation = uow.find(NumberReservation, draft.number)
    if reservation is not None:
        uow.changes.save(replace(reservation, version=reservation.version + 1, issue_date=issue_date))


def _number_taken(existing: NumberReservation) -> Conflict:
    documents = "invoices" if existing.document_type == "invoice" else "credit-notes"
    return Conflict(
        "DUPLICATE_INVOICE_NUMBER",
        f"The invoice number {existing.id} is already in use.",
        (Detail("invoice_number", "invoice_number is already in use.", "INVOICE_NUMBER_EXISTS", existing.id),),
        existing_resource=f"/{documents}/{existing.taken_by}",
    )
