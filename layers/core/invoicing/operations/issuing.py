"""Taking numbers, issuing an invoice, asking for an e-mail: what those who give documents out have in common."""

from dataclasses import dataclass, replace
from datetime import date

from invoicing.domain.delivery import Delivery, DeliveryStatus, DocumentKind
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events import invoice_event
from invoicing.domain.exchange import ExchangeRates, rate_for
from invoicing.domain.invoice import Invoice, Status
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import issue
from invoicing.domain.numbering import (
    NumberReservation,
    NumberSeries,
    SeriesId,
    go_on_from,
    period_of,
    take_number,
)
from invoicing.domain.page import PageLink
from invoicing.domain.party import Account, Buyer, Customer
from invoicing.operations.bookkeeping import book_invoice
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work

PROFILE = "profile"
"""The id of an account among the things of its partition."""

SERIES: SeriesId = "invoice"
"""The id of the number series of invoices."""

CREDIT_NOTES: SeriesId = "credit_note"
"""The id of the number series of credit notes."""

RATES = "exchange-rates"
"""The id of an account's exchange rates."""

MOST_LOOKED_UP = 100
"""Numbers looked up in one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRequest:
    """The e-mail a client asks for; what is None follows from the customer and the invoice."""

    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None


def issue_invoice(
    work: Work,
    draft: Invoice,
    buyer: Buyer,
    *,
    account: Account,
    series: NumberSeries | None,
    rates: ExchangeRates | None,
) -> Invoice:
    """The draft as issued; takes its number, makes its page and enters the ledger in the same transaction.

    The transaction holds the account, too, as it was read: what the invoice says of it is right at that instant.
    """
    work.changes.require(Ref(Account, work.account, account.id), account.version)
    number = draft.number or _number_for(work, draft, account, series)
    token = work.new_secret()
    work.changes.save(PageLink(id=token, account=work.account, invoice_id=draft.id))
    issued = issue(
        draft,
        number=number,
        seller=account.as_seller(),
        buyer=buyer,
        page_token=token,
        now=work.now,
        exchange_rate=rate_for(draft.currency, account.currency, rates),
    )
    book_invoice(work, Movement.INVOICE, issued, issued.issue_date, issued.total)
    return issued


def number_draft(work: Work, draft: Invoice, account: Account, series: NumberSeries | None) -> Invoice:
    """A new draft with the next number of the series, where the account gives numbers to drafts; else as it is."""
    if account.number_assign_on == "issue" or draft.number is not None:
        return draft
    return replace(draft, number=_number_for(work, draft, account, series))


def _number_for(work: Work, draft: Invoice, account: Account, series: NumberSeries | None) -> str:
    series = series or NumberSeries(account=work.account, id=SERIES)
    return allocate_number(work, series, account, draft.issue_date, draft.id)


def allocate_number(work: Work, series: NumberSeries, account: Account, on: date, taken_by: str) -> str:
    """The next number of a series, taken for the document of this id and date in the same transaction."""
    period = period_of(account.pattern_of(series.id), account.number_reset, on)
    number, advanced = _next_number(work, series, account, on)
    value = advanced.next_value(period) - 1
    skipped = go_on_from(series, period, value).skipped
    work.changes.save(replace(advanced, skipped=skipped))
    work.changes.save(
        NumberReservation(
            account=work.account, id=number, series=series.id, taken_by=taken_by, period=period, value=value
        )
    )
    return number


def _next_number(work: Work, series: NumberSeries, account: Account, issue_date: date) -> tuple[str, NumberSeries]:
    """The next number that neither a client has used as its own nor another series gave, and the series after it.

    Nothing is looked up until a collision has shown that the next number is such a one; then those that follow are,
    many at once, since whoever imported invoices may have used thousands.
    """
    pattern, reset = account.pattern_of(series.id), account.number_reset
    number, advanced = take_number(series, pattern, issue_date, reset)
    if Ref(NumberReservation, work.account, number) not in work.changes.outdated:
        return number, advanced
    while True:
        ahead = [take_number(advanced, pattern, issue_date, reset)]
        while len(ahead) < MOST_LOOKED_UP:
            ahead.append(take_number(ahead[-1][1], pattern, issue_date, reset))
        found = work.store.find_together(*(Ref(NumberReservation, work.account, number) for number, _ in ahead))
        for (number, advanced), reservation in zip(ahead, found, strict=True):
            if reservation is None:
                return number, replace(advanced, version=series.version + 1)


def current_buyer(work: Work, copy: Buyer) -> Buyer:
    """The customer as it is now, for certain, and mostly without reading it.

    The document's copy is taken as current and the transaction checks that it is; only when that check has failed
    is the customer read. An archived customer is sent the invoices that it has, drafts too. Of a customer that is not
    there at all, which no use case leaves behind, the copy is the last that is known.
    """
    ref = Ref(Customer, work.account, copy.id)
    buyer = copy
    if ref in work.changes.outdated:
        customer = work.store.find(ref)
        if customer is None:
            return buyer
        buyer = customer.as_buyer()
    work.changes.require(ref, buyer.version)
    return buyer


def announce_issued(work: Work, invoice: Invoice, buyer: Buyer, email: EmailRequest | None, page_url: str) -> None:
    """`announce_sent` of an invoice that was just issued; on a total of 0 nothing is due, and it says so."""
    announce_sent(work, invoice, buyer, email, page_url)
    if invoice.status is Status.PAID:
        work.changes.record(invoice_event(work.new_id("evt"), "invoice.paid", invoice, work.now))


def announce_sent(work: Work, invoice: Invoice, buyer: Buyer, email: EmailRequest | None, page_url: str) -> None:
    """Record that the invoice was sent; with ``email`` also the delivery that has to follow.

    `ValidationFailed` ``RECIPIENT_MISSING`` when there is nobody to send to.
    """
    delivery = None
    if email is not None:
        subject, message = email.subject or invoice.email_subject, email.message or invoice.email_message
        email = replace(email, subject=subject, message=message)
        page = f"{page_url}/{invoice.page_token}"
        delivery = order_email(work, email, buyer, kind="invoice", document_id=invoice.id, hosted_url=page)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.sent", invoice, work.now, delivery))


def order_email(
    work: Work, email: EmailRequest, buyer: Buyer, *, kind: DocumentKind, document_id: str, hosted_url: str
) -> Delivery:
    """The delivery of a document, stored with the use case; the event that names it starts it.

    `ValidationFailed` ``RECIPIENT_MISSING`` when there is nobody to send to.
    """
    to = email.to or ((buyer.email,) if buyer.email else ())
    if not to:
        raise ValidationFailed(
            Detail("to", "The customer has no e-mail address; give one, or send_email false.", "RECIPIENT_MISSING")
        )
    delivery = Delivery(
        account=work.account,
        id=work.new_id("dlv"),
        version=1,
        document_kind=kind,
        document_id=document_id,
        status=DeliveryStatus.QUEUED,
        to=to,
        cc=buyer.cc_emails if email.cc is None else email.cc,
        bcc=email.bcc,
        subject=email.subject,
        message=email.message,
        hosted_url=hosted_url,
        created_at=work.now,
        updated_at=work.now,
    )
    work.changes.save(delivery)
    return delivery
