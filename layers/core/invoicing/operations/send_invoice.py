"""Send an invoice to its customer; the first time issues it."""

from dataclasses import replace

from invoicing.domain.errors import NotFound, not_found
from invoicing.domain.exchange import ExchangeRates
from invoicing.domain.invoice import Invoice, Status
from invoicing.domain.lifecycle import require, require_version
from invoicing.domain.numbering import NumberSeries
from invoicing.domain.party import Account
from invoicing.operations.changes import Ref
from invoicing.operations.issuing import (
    PROFILE,
    RATES,
    SERIES,
    EmailRequest,
    announce_issued,
    announce_sent,
    current_buyer,
    issue_invoice,
)
from invoicing.operations.work import Work


def send_invoice(
    work: Work, invoice_id: str, email: EmailRequest | None, *, page_url: str, if_version: int | None = None
) -> Invoice:
    """The invoice as sent; without ``email`` it is only marked so. Sending again e-mails it again.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when it is cancelled; `PreconditionFailed`;
    `ValidationFailed` ``RECIPIENT_MISSING``.
    """
    invoice, account, series, rates = work.store.find_together(
        invoice_ref := Ref(Invoice, work.account, invoice_id),
        Ref(Account, work.account, PROFILE),
        Ref(NumberSeries, work.account, SERIES),
        Ref(ExchangeRates, work.account, RATES),
    )
    if invoice is None:
        raise not_found("invoice", invoice_id)
    if account is None:
        raise NotFound("ACCOUNT_NOT_FOUND", "The account of this key is gone.")
    require_version(invoice, if_version)
    require(invoice, "send")
    if invoice.status is not Status.DRAFT and email is None:
        return invoice
    buyer = current_buyer(work, invoice.buyer)
    if invoice.status is Status.DRAFT:
        draft = replace(invoice, version=invoice.version + 1)
        invoice = issue_invoice(work, draft, buyer, account=account, series=series, rates=rates)
        work.changes.save(invoice)
        announce_issued(work, invoice, buyer, email, page_url)
    else:
        work.changes.require(invoice_ref, invoice.version)
        announce_sent(work, invoice, buyer, email, page_url)
    return invoice
