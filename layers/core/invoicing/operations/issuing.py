"""Issuing an invoice and asking for its e-mail: what `create_invoice` and `send_invoice` have in common."""

from dataclasses import dataclass

from invoicing.domain.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import issue
from invoicing.domain.numbering import NumberReservation, NumberSeries, take_number
from invoicing.domain.page import PageLink
from invoicing.domain.party import Account, Buyer, Customer
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work

PROFILE = "profile"
"""The id of an account among the things of its partition."""

SERIES = "invoice"
"""The id of the number series of invoices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRequest:
    """The e-mail a client asks for; what is None follows from the customer and the invoice."""

    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None


def issue_invoice(work: Work, draft: Invoice, account: Account, series: NumberSeries | None, buyer: Buyer) -> Invoice:
    """The draft as issued; takes its number and makes its page in the same transaction."""
    number = draft.number
    if number is None:
        number, advanced = take_number(
            series or NumberSeries(account=work.account, id=SERIES),
            account.number_pattern,
            draft.issue_date,
            taken={ref.id for ref in work.changes.outdated if ref.kind is NumberReservation},
        )
        work.changes.save(advanced)
        work.changes.save(NumberReservation(account=work.account, id=number, invoice_id=draft.id))
    token = work.new_secret()
    work.changes.save(PageLink(id=token, account=work.account, invoice_id=draft.id))
    return issue(draft, number=number, seller=account.as_seller(), buyer=buyer, page_token=token, now=work.now)


def current_buyer(work: Work, invoice: Invoice) -> Buyer:
    """The customer as it is now, for certain, and mostly without reading it.

    The invoice's copy is taken as current and the transaction checks that it is; only when that check has failed
    is the customer read.
    """
    ref = Ref(Customer, work.account, invoice.buyer.id)
    buyer = invoice.buyer
    if ref in work.changes.outdated and (customer := work.store.find(ref)) is not None:
        buyer = customer.as_buyer()
    work.changes.require(ref, buyer.version)
    return buyer


def announce_sent(work: Work, invoice: Invoice, buyer: Buyer, email: EmailRequest | None, page_url: str) -> None:
    """Record that the invoice was sent; with ``email`` also the delivery that has to follow.

    `ValidationFailed` ``RECIPIENT_MISSING`` when there is nobody to send to.
    """
    delivery = None if email is None else _delivery(work, invoice, buyer, email, page_url)
    if delivery is not None:
        work.changes.save(delivery)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.sent", invoice, work.now, delivery))


def _delivery(work: Work, invoice: Invoice, buyer: Buyer, email: EmailRequest, page_url: str) -> Delivery:
    to = email.to or ((buyer.email,) if buyer.email else ())
    if not to:
        raise ValidationFailed(
            Detail("to", "The customer has no e-mail address; give one, or send_email false.", "RECIPIENT_MISSING")
        )
    return Delivery(
        account=work.account,
        id=work.new_id("dlv"),
        version=1,
        invoice_id=invoice.id,
        status=DeliveryStatus.QUEUED,
        to=to,
        cc=buyer.cc_emails if email.cc is None else email.cc,
        bcc=email.bcc,
        subject=email.subject or invoice.email_subject,
        message=email.message or invoice.email_message,
        hosted_url=f"{page_url}/{invoice.page_token}",
        created_at=work.now,
        updated_at=work.now,
    )
