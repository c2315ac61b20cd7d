"""Scheduled sends of invoices: their schedule, and sending when it is due."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.invoices import INVOICE_UPDATED
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.page_link import has_expired_link
from invoicing.domain.invoices.scheduled_send import ScheduledSend, after_failure, send_in_time_zone, time_of_send
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import RATES
from invoicing.operations.documents.order_email import EmailRequest, current_buyer, require_recipient
from invoicing.operations.invoices._issuing import announce_sent, issue_invoice
from invoicing.operations.notices._gathering import tell_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_AT, _ERROR = "scheduled_send_at", "scheduled_send_error"


def schedule_send(
    uow: UnitOfWork, invoice: Invoice, account: Account, email: EmailRequest | None, *, send_at: datetime, page_url: str
) -> Invoice:
    """Let the invoice wait until ``send_at`` (`time_of_send`), instead of what it waited for.

    What the e-mail leaves open defaults when it is sent. `ValidationFailed` ``SEND_AT_INVALID``, ``RECIPIENT_MISSING``.
    """
    at, local = time_of_send(send_at, account.time_zone, uow.now)
    if email is not None:
        require_recipient(email, current_buyer(uow, invoice.buyer))
    asked = email or EmailRequest()
    send = ScheduledSend(
        at=at,
        local=local,
        send_email=email is not None,
        to=asked.to,
        cc=asked.cc,
        bcc=asked.bcc,
        subject=asked.subject,
        message=asked.message,
        page_url=page_url,
    )
    return invoice if send == invoice.scheduled_send else _changed(uow, invoice, send, _AT)


def drop_scheduled_send(uow: UnitOfWork, invoice: Invoice) -> Invoice:
    """Let the invoice wait for no send; without a change nothing is written."""
    return invoice if invoice.scheduled_send is None else _changed(uow, invoice, None, _AT)


def run_scheduled_send(uow: UnitOfWork, invoice: Invoice, send: ScheduledSend, account: Account) -> Invoice:
    """Send the invoice as `send_invoice` does, if its time has come in the account's time zone, else let it wait.

    Return it as it is then. The time zone may have changed since it was scheduled. When nobody can get the e-mail, a
    draft is issued all the same, and the deliveries fail.
    """
    in_zone = send_in_time_zone(send, account.time_zone)
    if in_zone.at > uow.now:
        return _changed(uow, invoice, in_zone, _AT)
    buyer, email = current_buyer(uow, invoice.buyer), _email_of(send)
    if invoice.status is Status.DRAFT:
        uow.prefetch((NumberSeries, INVOICES), (ExchangeRates, RATES), (AccountReminders, REMINDERS))
        draft = replace(invoice, version=invoice.version + 1)
        return issue_invoice(uow, draft, buyer, account, email=email, page_url=send.page_url)
    return send_again(uow, invoice, account, buyer, email, page_url=send.page_url)


def send_again(
    uow: UnitOfWork, invoice: Invoice, account: Account, buyer: Buyer, email: EmailRequest | None, *, page_url: str
) -> Invoice:
    """Send an issued invoice once more, so that it waits for no send; without ``email`` nothing else is done.

    An e-mail has a link that works: one that has expired is replaced. `ValidationFailed` as `order_email`.
    """
    linked = _linked(uow, invoice, account) if email else invoice
    if linked.scheduled_send is not None:
        linked = drop_scheduled_send(uow, replace(linked, version=invoice.version))
    elif linked is not invoice:
        uow.changes.save(linked)
    if email:
        announce_sent(uow, linked, buyer, email, page_url, again=True)
    return linked


def _linked(uow: UnitOfWork, invoice: Invoice, account: Account) -> Invoice:
    """Return the invoice with a link that works, for which few are changed."""
    if not has_expired_link(invoice, uow.real_now):
        return invoice
    from invoicing.operations.invoices._hosted_links import with_new_link  # noqa: PLC0415

    return with_new_link(uow, invoice, account)


def postpone_scheduled_send(uow: UnitOfWork, invoice: Invoice, send: ScheduledSend, error: InvoicingError) -> Invoice:
    """Keep why the send failed, and try again later (`after_failure`).

    An event says so once for each reason, and the account is told.
    """
    failed = after_failure(send, error, uow.now)
    is_new = send.failure is None or failed.failure is None or send.failure.code != failed.failure.code
    if is_new:
        tell_of(uow, unsent=[invoice])
    return _changed(uow, invoice, failed, *([_ERROR] if is_new else []))


def _changed(uow: UnitOfWork, invoice: Invoice, send: ScheduledSend | None, *changed: str) -> Invoice:
    """Write the invoice with another schedule, and record the change of the fields that are named."""
    after = replace(invoice, version=invoice.version + 1, scheduled_send=send, updated_at=uow.now)
    uow.changes.save(after)
    if changed:
        uow.record(INVOICE_UPDATED, after, changed=changed)
    return after


def _email_of(send: ScheduledSend) -> EmailRequest | None:
    if not send.send_email:
        return None
    return EmailRequest(
        to=send.to, cc=send.cc, bcc=send.bcc, subject=send.subject, message=send.message, unattended=True
    )
