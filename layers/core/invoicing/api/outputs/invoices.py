"""Invoices in responses."""

from datetime import date, datetime
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.adjustments import TaxOutput, tax_output
from invoicing.api.outputs.attachments import AttachmentOutput, attachment_output
from invoicing.api.outputs.early_payment import EarlyPaymentDiscountOutput, early_payment_discounts_output
from invoicing.api.outputs.exchange import DocumentExchangeOutput, document_exchange_output
from invoicing.api.outputs.invoice_credit_notes import InvoiceCreditNoteOutput, invoice_credit_note_output
from invoicing.api.outputs.invoice_payments import InvoicePaymentOutput, invoice_payment_output
from invoicing.api.outputs.late_fees import LateFeesOutput, late_fees_output
from invoicing.api.outputs.lines import WrittenLine, lines_output
from invoicing.api.outputs.locales import LanguagesOutput, languages_output
from invoicing.api.outputs.particulars import ParticularsOutput, particulars_output
from invoicing.api.outputs.parties import PartiesOutput, parties_output
from invoicing.api.outputs.revisions import RevisionsOutput, revisions_output
from invoicing.api.outputs.service_periods import ServicePeriodOutput, service_period_output
from invoicing.api.outputs.templates import DesignOutput, design_output
from invoicing.api.outputs.totals import TotalsOutput, totals_output
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, decimal, number


class OfEmailOutput(TypedDict):
    """What the e-mail of an invoice says and carries instead of, and beside, the usual."""

    email_subject: str | None
    email_message: str | None
    attachments: list[AttachmentOutput]


class MomentsOutput(TypedDict):
    """The times of an invoice's events."""

    created_at: str
    updated_at: str
    sent_at: str | None
    viewed_at: str | None
    paid_date: str | None
    voided_at: str | None
    written_off_at: str | None
    write_off_date: str | None


class SendErrorOutput(TypedDict):
    """Why a scheduled send failed, and when it is tried again; null when it is not."""

    code: str
    message: str
    next_attempt_at: str | None


class ScheduledSendOutput(TypedDict):
    """When an invoice is sent by itself; null when no send is scheduled."""

    scheduled_send_at: str | None
    scheduled_send_error: SendErrorOutput | None


class OfPageOutput(TypedDict):
    """The hosted page of an invoice: its address, and until when that works; both null before it is issued."""

    hosted_url: str | None
    hosted_url_expires_at: str | None


class InvoiceOutput(
    TotalsOutput,
    OfEmailOutput,
    OfPageOutput,
    DesignOutput,
    LanguagesOutput,
    MomentsOutput,
    RevisionsOutput,
    ScheduledSendOutput,
    LateFeesOutput,
    DocumentExchangeOutput,
    PartiesOutput,
    ParticularsOutput,
):
    """An invoice."""

    id: str
    invoice_number: str | None
    series_id: str | None
    status: str
    currency: str
    issue_date: str
    due_date: str
    payment_terms: str | None
    early_payment_discounts: list[EarlyPaymentDiscountOutput]
    items: list[WrittenLine]
    tax_rate: Number | None
    taxes: list[TaxOutput]
    prices_include_tax: bool
    is_overdue: bool
    notes: str | None
    purchase_order: str | None
    service_period: ServicePeriodOutput | None
    metadata: dict[str, str]
    pdf_url: str
    recurring_id: str | None
    write_off_reason: str | None
    payments: list[InvoicePaymentOutput]
    credit_notes: list[InvoiceCreditNoteOutput]


class SentInvoiceOutput(ScheduledSendOutput):
    """The fields that sending an invoice, or scheduling that, changes."""

    id: str
    invoice_number: str | None
    status: str
    is_overdue: bool
    sent_at: str | None
    hosted_url: str | None


class VoidedInvoiceOutput(TypedDict):
    """The fields that voiding an invoice changes."""

    id: str
    invoice_number: str | None
    status: str
    voided_at: str | None
    void_reason: str | None
    credit_note_id: str | None


def invoice_output(invoice: Invoice, api_url: str, today: date) -> InvoiceOutput:
    """Return an invoice as responses show it; ``today`` is the date in the account's time zone."""
    currency = invoice.currency
    return InvoiceOutput(
        id=invoice.id,
        invoice_number=invoice.number,
        series_id=invoice.series_id,
        status=invoice.status,
        **parties_output(invoice.seller, invoice.buyer),
        currency=currency,
        issue_date=invoice.issue_date.isoformat(),
        due_date=invoice.due_date.isoformat(),
        payment_terms=invoice.payment_terms,
        early_payment_discounts=early_payment_discounts_output(invoice),
        items=lines_output(invoice.lines, currency),
        tax_rate=None if invoice.tax_rate is None else decimal(invoice.tax_rate),
        taxes=[tax_output(tax) for tax in invoice.taxes],
        prices_include_tax=invoice.prices_include_tax,
        is_overdue=is_overdue(invoice, today),
        notes=invoice.notes,
        purchase_order=invoice.purchase_order,
        **design_output(invoice),
        service_period=service_period_output(invoice.service_period),
        **particulars_output(invoice.stated),
        **languages_output(invoice.locale),
        **_of_email(invoice),
        metadata=dict(invoice.metadata),
        pdf_url=f"{api_url}/invoices/{invoice.id}/pdf",
        recurring_id=invoice.recurring_id,
        write_off_reason=invoice.write_off_reason,
        **revisions_output(invoice),
        payments=[invoice_payment_output(payment, currency) for payment in invoice.payments],
        credit_notes=[invoice_credit_note_output(note, currency) for note in invoice.credit_notes],
        **_of_page(invoice, api_url),
        **totals_output(invoice),
        **_moments(invoice),
        **_scheduled_send(invoice),
        **late_fees_output(invoice),
        **_exchange(invoice),
    )


def sent_invoice_output(invoice: Invoice, api_url: str, today: date) -> SentInvoiceOutput:
    """Return the response of ``send``; ``today`` is the date in the account's time zone."""
    return SentInvoiceOutput(
        id=invoice.id,
        invoice_number=invoice.number,
        status=invoice.status,
        is_overdue=is_overdue(invoice, today),
        sent_at=_timestamp(invoice.sent_at),
        hosted_url=_hosted_url(invoice, api_url),
        **_scheduled_send(invoice),
    )


def voided_invoice_output(invoice: Invoice, credit_note_id: str | None) -> VoidedInvoiceOutput:
    """Return the response of ``void``; ``credit_note_id`` is that of the note that cancelled the invoice, if any."""
    return VoidedInvoiceOutput(
        id=invoice.id,
        invoice_number=invoice.number,
        status=invoice.status,
        voided_at=_timestamp(invoice.voided_at),
        void_reason=invoice.void_reason,
        credit_note_id=credit_note_id,
    )


def _of_email(invoice: Invoice) -> OfEmailOutput:
    return OfEmailOutput(
        email_subject=invoice.email_subject,
        email_message=invoice.email_message,
        attachments=list(map(attachment_output, invoice.attachments)),
    )


def _of_page(invoice: Invoice, api_url: str) -> OfPageOutput:
    expires_at = _timestamp(invoice.page_expires_at)
    return OfPageOutput(hosted_url=_hosted_url(invoice, api_url), hosted_url_expires_at=expires_at)


def _exchange(invoice: Invoice) -> DocumentExchangeOutput:
    """Return the rate of an invoice; of a draft only what the client gave is known."""
    given = invoice.exchange_rate if invoice.exchange is None else None
    found = document_exchange_output(invoice)
    return found if given is None else {**found, "exchange_rate": decimal(given)}


def _moments(invoice: Invoice) -> MomentsOutput:
    return MomentsOutput(
        created_at=timestamp(invoice.created_at),
        updated_at=timestamp(invoice.updated_at),
        sent_at=_timestamp(invoice.sent_at),
        viewed_at=_timestamp(invoice.viewed_at),
        paid_date=invoice.paid_date.isoformat() if invoice.paid_date else None,
        voided_at=_timestamp(invoice.voided_at),
        written_off_at=_timestamp(invoice.written_off_at),
        write_off_date=invoice.write_off_date.isoformat() if invoice.write_off_date else None,
    )


def _scheduled_send(invoice: Invoice) -> ScheduledSendOutput:
    send = invoice.scheduled_send
    if send is None:
        return ScheduledSendOutput(scheduled_send_at=None, scheduled_send_error=None)
    error = None
    if failure := send.failure:
        next_at = _timestamp(send.due_at)
        error = SendErrorOutput(code=failure.code, message=failure.message, next_attempt_at=next_at)
    return ScheduledSendOutput(scheduled_send_at=timestamp(send.at), scheduled_send_error=error)


def _money(minor: int, currency: str) -> Number:
    return number(written(minor, currency))


def _hosted_url(invoice: Invoice, api_url: str) -> str | None:
    return f"{api_url}/i/{invoice.page_token}" if invoice.page_token else None


def _timestamp(instant: datetime | None) -> str | None:
    return None if instant is None else timestamp(instant)
