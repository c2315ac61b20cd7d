"""Issuing, shared by creating and sending an invoice."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.calendar import today
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.events.invoices import INVOICE_EMAIL_FAILED, INVOICE_PAID, INVOICE_RESENT, INVOICE_SENT
from invoicing.domain.invoices.exemptions import with_exemptions
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import dated, issue
from invoicing.domain.invoices.page_link import PageLink, link_expiry
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.ledger.entry_date import is_locked, require_open
from invoicing.domain.money.exchange import Exchange, exchange_at, require_convertible
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import RATES
from invoicing.operations.documents.order_email import EmailRequest, order_email, record_order
from invoicing.operations.invoices._drafts import series_of
from invoicing.operations.ledger.bookkeeping import book_invoice
from invoicing.operations.numbering.allocate_number import allocate_number
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def issue_invoice(
    uow: UnitOfWork, draft: Invoice, buyer: Buyer, account: Account, *, email: EmailRequest | None, page_url: str
) -> Invoice:
    """Issue the draft today, send it as `announce_sent`, and pay it from credit where customer or account say so.

    Number, page, ledger entries, payment and reminders are in one transaction with it. `Conflict` ``PERIOD_LOCKED``.
    """
    issued = issued_from(uow, draft, buyer, account)
    announce_sent(uow, issued, buyer, email, page_url)
    if issued.status is Status.PAID:
        uow.record(INVOICE_PAID, issued)
    after = _paid_from_credit(uow, issued, account) or issued
    if after is issued:
        uow.changes.save(issued)
    _begin_reminders(uow, after, is_mailed=email is not None)
    return after


def _begin_reminders(uow: UnitOfWork, issued: Invoice, *, is_mailed: bool) -> None:
    """Let the reminders of the invoice begin, in an account where anything was ever said about them."""
    if issued.status is not Status.PAID and uow.find(AccountReminders, REMINDERS) is not None:
        from invoicing.operations.reminders._following import begin_reminders  # noqa: PLC0415

        begin_reminders(uow, issued, is_mailed=is_mailed)


def issued_from(
    uow: UnitOfWork, draft: Invoice, buyer: Buyer, account: Account, *, at: datetime | None = None
) -> Invoice:
    """Assign the number, make the page and enter the invoice into the ledger; ``at`` is when it was issued, else now.

    The transaction checks that the account is as it was read, so the copy on the invoice is current and neither its
    date nor that of its tax is in a locked period.
    """
    draft = dated(draft, today(uow.now, account.time_zone))
    require_open(account, draft.issue_date)
    if tax_point := draft.particulars.tax_point_date:
        require_open(account, tax_point, "Give a later tax_point_date, or none")
    uow.changes.require(uow.ref(Account, account.id), account.version)
    if draft.attachments:
        from invoicing.operations.files._first_use import keep_for_good  # noqa: PLC0415

        keep_for_good(uow, draft.attachments)
    draft = with_exemptions(draft, small_business=account.small_business)
    number = draft.number or allocate_number(uow, series_of(draft), account, draft.issue_date, draft.id)
    template = account.template_for(draft.template_id, buyer.template_id)
    token = uow.new_secret()
    uow.changes.save(PageLink(id=token, account=uow.account, invoice_id=draft.id))
    issued = issue(
        draft,
        number=number,
        seller=account.as_seller(draft.currency, draft.locale, template),
        buyer=buyer,
        page_token=token,
        page_expires_at=link_expiry(account.hosted_link_days, uow.real_now),
        now=at or uow.now,
        exchange=_exchange(uow, draft, account),
        time_zone=account.time_zone,
        template=template,
    )
    taxes = cash_taxes([(None, issued)])
    book_invoice(uow, Movement.INVOICE, issued, issued.issue_date, issued.amount_due, cash_taxes=taxes)
    return issued


def _exchange(uow: UnitOfWork, draft: Invoice, account: Account) -> Exchange:
    """Return the rate that the invoice keeps; a taxed one without any is accepted with a warning.

    `ValidationFailed` as `require_convertible`.
    """
    exchange = exchange_at(
        draft.currency,
        account.currency,
        given=draft.exchange_rate,
        on=draft.issue_date,
        rates=uow.find(ExchangeRates, RATES),
        time_zone=account.time_zone,
    )
    require_convertible(draft.tax_breakdown, draft.currency, exchange)
    if exchange.rate is None and draft.tax:
        message = (
            f"No exchange rate of {draft.currency} is known, so the invoice does not say its tax in {exchange.base}; "
            "set the rate with PUT /account/exchange-rates, or give exchange_rate, before you send the next one."
        )
        uow.warn("exchange_rate", "EXCHANGE_RATE_MISSING", message)
    return exchange


def _paid_from_credit(uow: UnitOfWork, issued: Invoice, account: Account) -> Invoice | None:
    """Return the invoice after its payment from credit; None where credit is applied by clients, or there is none.

    While today is locked, issuing an invoice of a later date uses no credit.
    """
    is_wanted = (issued.buyer.apply_credit or account.apply_credit) == "auto" and issued.amount_due
    if not is_wanted or is_locked(account, on := today(uow.now, account.time_zone)):
        return None
    from invoicing.operations.payments._credit_at_issue import pay_from_credit  # noqa: PLC0415

    return pay_from_credit(uow, issued, account, on)


def number_draft(uow: UnitOfWork, draft: Invoice, account: Account) -> Invoice:
    """Assign the next number to a new draft, where the account numbers drafts; else return it unchanged."""
    if account.number_assign_on == "issue" or draft.number is not None:
        return draft
    return replace(draft, number=allocate_number(uow, series_of(draft), account, draft.issue_date, draft.id))


def announce_sent(
    uow: UnitOfWork,
    invoice: Invoice,
    buyer: Buyer,
    email: EmailRequest | None,
    page_url: str,
    *,
    again: bool = False,
) -> None:
    """Record that the invoice was sent, which it is once; with ``email`` also store its deliveries.

    What is sent ``again`` is sent only if somebody gets it, and has an event of its own. `ValidationFailed` as
    `order_email`.
    """
    deliveries: tuple[Delivery, ...] = ()
    if email is not None:
        subject, message = email.subject or invoice.email_subject, email.message or invoice.email_message
        email = replace(email, subject=subject, message=message)
        page = f"{page_url}/{invoice.page_token}"
        deliveries = order_email(uow, email, buyer, kind="invoice", document_id=invoice.id, hosted_url=page)
    sent = INVOICE_RESENT if again else INVOICE_SENT
    record_order(uow, invoice, deliveries, sent, INVOICE_EMAIL_FAILED, only_if_sent=again)
    if again and deliveries:
        _note_mailed(uow, invoice)


def _note_mailed(uow: UnitOfWork, invoice: Invoice) -> None:
    """Let no reminder of an invoice that is e-mailed again go out on the same day."""
    if uow.find(AccountReminders, REMINDERS):
        from invoicing.operations.reminders._following import note_mailed  # noqa: PLC0415

        note_mailed(uow, invoice)
