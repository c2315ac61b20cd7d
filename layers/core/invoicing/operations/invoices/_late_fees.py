"""Late fees of invoices: charging them, and waiting for the next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from invoicing.domain.calendar import start_of_day, today
from invoicing.domain.due_work import failure_of, pause_after
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.invoices import INVOICE_CREATED, INVOICE_UPDATED
from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.late_fee import InvoiceLateFee, NextLateFee
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.late_fees.charging import DueFee, automatic_fees, next_automatic_day
from invoicing.domain.late_fees.due_history import due_history_of
from invoicing.domain.late_fees.fee_invoice import MOST_LATE_FEES, charged_fees, fee_lines
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import RATES
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices._issuing import issue_invoice
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_ERROR, _ON_RECEIPT = "late_fee_error", "Due on receipt"


def late_fee_of_customer(customer: Customer | None, account: Account) -> LateFee | None:
    """Return the late fee that counts: the customer's own, else the account's."""
    return (customer.late_fee if customer else None) or account.late_fee


def awaiting_late_fee(uow: UnitOfWork, invoice: Invoice, account: Account) -> Invoice:
    """Return an overdue invoice with the time of its next automatic late fee; one request."""
    customer = uow.find(Customer, invoice.buyer.id)
    return _awaiting(uow, invoice, late_fee_of_customer(customer, account), account)


def charge_next_late_fee(uow: UnitOfWork, invoice: Invoice, account: Account) -> Invoice:
    """Charge the oldest automatic late fee that can be charged, if there is one; return the invoice that was late.

    When nobody can get its e-mail the fee is charged all the same, and the delivery fails. Errors as `charge_fees`.
    """
    uow.prefetch(
        (Customer, invoice.buyer.id), (NumberSeries, INVOICES), (ExchangeRates, RATES), (AccountReminders, REMINDERS)
    )
    late_fee = late_fee_of_customer(uow.find(Customer, invoice.buyer.id), account)
    fee = next(_automatic(uow, invoice, late_fee, account), None) if late_fee else None
    if late_fee is None or fee is None:
        waiting = replace(_awaiting(uow, invoice, late_fee, account), version=invoice.version + 1)
        uow.changes.save(waiting)
        return waiting
    after, _ = charge_fees(
        uow, invoice, [fee], late_fee, account, send_email=True, page_url=late_fee.page_url or "", must_reach=False
    )
    return after


def charge_fees(
    uow: UnitOfWork,
    invoice: Invoice,
    fees: Sequence[DueFee],
    late_fee: LateFee,
    account: Account,
    *,
    send_email: bool | None,
    page_url: str,
    must_reach: bool = True,
) -> tuple[Invoice, Invoice]:
    """Issue an invoice for late fees of an invoice; return the late one, and that of the fees.

    Both are in one transaction, so that of two who charge the same fee, one does. Without ``send_email`` it is mailed
    to whoever has an address; where ``must_reach`` is False, deliveries that nobody can get fail instead.
    `ValidationFailed` ``INVALID_CUSTOMER`` for an archived customer, and as `order_email`; `Conflict` as
    `issue_invoice`.
    """
    found = uow.find(Customer, invoice.buyer.id)
    customer = customer_to_bill(uow, found, invoice.buyer.id, unchanged=True)
    draft = _draft(uow, invoice, fee_lines(fees, invoice, late_fee), account, customer)
    uow.record(INVOICE_CREATED, draft)
    is_mailed = not must_reach or (bool(draft.buyer.email) if send_email is None else send_email)
    email = EmailRequest(unattended=not must_reach) if is_mailed else None
    issued = issue_invoice(uow, draft, draft.buyer, account, email=email, page_url=page_url)
    charged = tuple(InvoiceLateFee(*fee.charged, invoice_id=issued.id) for fee in fees)
    after = replace(invoice, version=invoice.version + 1, late_fees=(*invoice.late_fees, *charged), updated_at=uow.now)
    after = _awaiting(uow, after, late_fee_of_customer(customer, account), account)
    uow.changes.save(after)
    uow.record(INVOICE_UPDATED, after, changed=["late_fees"])
    return after, issued


def _draft(
    uow: UnitOfWork, invoice: Invoice, lines: Sequence[NewLine], account: Account, customer: Customer
) -> Invoice:
    """Return the draft of an invoice for late fees, which is due on the day of its issue."""
    new = NewInvoice(
        customer_id=customer.id,
        lines=lines,
        currency=invoice.currency,
        payment_terms=_ON_RECEIPT,
        locale=invoice.locale,
    )
    return replace(draft_invoice(new, account, customer, new_id=uow.new_id, now=uow.now), late_fee_of=invoice.id)


def postpone_late_fee(uow: UnitOfWork, invoice: Invoice, waiting: NextLateFee, error: InvoicingError) -> Invoice:
    """Keep why an automatic fee could not be charged, and try again later; an event says so once for each reason."""
    attempts, failure = waiting.attempts + 1, failure_of(error)
    again = NextLateFee(at=uow.now + pause_after(attempts), attempts=attempts, failure=failure)
    after = replace(invoice, version=invoice.version + 1, next_late_fee=again, updated_at=uow.now)
    uow.changes.save(after)
    if waiting.failure is None or waiting.failure.code != failure.code:
        uow.record(INVOICE_UPDATED, after, changed=[_ERROR])
    return after


def _awaiting(uow: UnitOfWork, invoice: Invoice, late_fee: LateFee | None, account: Account) -> Invoice:
    """Return an invoice with the time at which to look for its next automatic late fee, None where none comes."""
    charges = late_fee is not None and late_fee.automatic and invoice.overdue_at and not invoice.import_mark
    if late_fee is None or not charges or len(invoice.late_fees) >= MOST_LATE_FEES:
        return replace(invoice, next_late_fee=None)
    if next(_automatic(uow, invoice, late_fee, account), None):
        return replace(invoice, next_late_fee=NextLateFee(at=uow.now))
    history, charged = due_history_of(invoice), charged_fees(invoice)
    by = today(uow.now, account.time_zone)
    day = next_automatic_day(late_fee, history, charged, by, _switched_on(uow, late_fee, account))
    return replace(invoice, next_late_fee=NextLateFee(at=start_of_day(day, account.time_zone)) if day else None)


def _automatic(uow: UnitOfWork, invoice: Invoice, late_fee: LateFee, account: Account) -> Iterator[DueFee]:
    by, since = today(uow.now, account.time_zone), _switched_on(uow, late_fee, account)
    return automatic_fees(late_fee, due_history_of(invoice), charged_fees(invoice), by, since)


def _switched_on(uow: UnitOfWork, late_fee: LateFee, account: Account) -> date:
    return today(late_fee.automatic_since or uow.now, account.time_zone)
