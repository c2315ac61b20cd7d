"""Create an invoice, as a draft or sent at once."""

from invoicing.domain.drafting import NewInvoice, draft_invoice
from invoicing.domain.errors import Conflict, Detail, NotFound, ValidationFailed
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.numbering import NumberReservation, NumberSeries
from invoicing.domain.party import Account, Customer
from invoicing.operations.changes import Ref
from invoicing.operations.issuing import PROFILE, SERIES, EmailRequest, announce_sent, issue_invoice
from invoicing.operations.work import Work


def create_invoice(work: Work, new: NewInvoice, *, send_email: bool, page_url: str) -> Invoice:
    """The invoice as stored.

    `ValidationFailed` ``INVALID_CUSTOMER`` for an unknown customer, and as `draft_invoice`; `Conflict`
    ``DUPLICATE_INVOICE_NUMBER`` when the client's own number is taken.
    """
    account, customer, series = work.store.find_together(
        Ref(Account, work.account, PROFILE),
        customer_ref := Ref(Customer, work.account, new.customer_id),
        Ref(NumberSeries, work.account, SERIES),
    )
    if account is None:
        raise NotFound("ACCOUNT_NOT_FOUND", "The account of this key is gone.")
    if customer is None:
        raise _unknown_customer(new.customer_id)
    invoice = draft_invoice(new, account, customer, new_id=work.new_id, now=work.now)
    work.changes.require(customer_ref, customer.version)
    if new.number is not None:
        reservation = NumberReservation(account=work.account, id=new.number, invoice_id=invoice.id)
        work.changes.save(reservation, otherwise=_number_taken)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.created", invoice, work.now))
    if send_email:
        invoice = issue_invoice(work, invoice, account, series, invoice.buyer)
        announce_sent(work, invoice, invoice.buyer, EmailRequest(), page_url)
    work.changes.save(invoice)
    return invoice


def _unknown_customer(customer_id: str) -> ValidationFailed:
    return ValidationFailed(
        Detail("customer_id", "There is no such customer.", "CUSTOMER_NOT_FOUND", customer_id),
        code="INVALID_CUSTOMER",
        message="The customer does not exist.",
    )


def _number_taken(existing: NumberReservation) -> Conflict:
    return Conflict(
        "DUPLICATE_INVOICE_NUMBER",
        f"The invoice number {existing.id} is taken.",
        (Detail("invoice_number", "This number is taken.", "INVOICE_NUMBER_EXISTS", existing.id),),
        existing_resource=f"/invoices/{existing.invoice_id}",
    )
