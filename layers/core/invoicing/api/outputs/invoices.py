"""Invoices in responses."""

from datetime import date, datetime
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.adjustments import (
    TaxOutput,
    tax_output,
)
from invoicing.api.outputs.attachments import AttachmentOutput, attachment_output
from invoicing.api.outputs.early_payment import EarlyPaymentDiscountOutput, early_payment_discounts_output
from invoicing.api.outputs.exchange import DocumentExchangeOutput, document_exchange_output
from invoicing.api.outputs.invoice_credit_notes import InvoiceCreditNoteOutput, invoice_credit_note_output
from invoicing.api.outputs.invoice_payments import InvoicePaymentOutput, invoice_payment_output
from invoicing.api.outputs.late_fees import LateFeesOutput, late_fees_output
from invoicing.api.outputs.lines import WrittenLine, lines_output
from invoicing.api.outputs.service_periods import ServicePeriodOutput, service_period_output
from invoicing.api.outputs.totals import TotalsOutput, totals_output
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import can_bear_late_fees, is_overdue, possible_actions
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, decimal, number


class BuyerOutput(TypedDict):
    """The customer as copied to the invoice."""

    id: str
    name: str
    email: str | None


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


class RevisionsOutput(TypedDict):
    """The invoices that an invoice takes the place of, and that took its place; why it was cancelled."""

    revises: str | None
    revised_by: str | None
    void_reason: str | None


class InvoiceOutput(
    TotalsOutput,
    OfEmailOutput,
    MomentsOutput,
    RevisionsOutput,
    ScheduledSendOutput,
    LateFeesOutput,
    DocumentExchangeOutput,
):
    """An invoice."""

    id: str
    invoice_number: str | None
    series_id: str | None
    status: str
    customer_id: str
    customer: BuyerOutput
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
    locale: str
    metadata: dict[str, str]
    pdf_url: str
    hosted_url: str | None
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
        customer_id=invoice.buyer.id,
        customer=BuyerOutput(id=invoice.buyer.id, name=invoice.buyer.name, email=invoice.buyer.email),
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
        service_period=service_period_output(invoice.service_period),
        locale=invoice.locale,
        **_of_email(invoice),
        metadata=dict(invoice.metadata),
        pdf_url=f"{api_url}/invoices/{invoice.id}/pdf",
        hosted_url=_hosted_url(invoice, api_url),
        recurring_id=invoice.recurring_id,
        write_off_reason=invoice.write_off_reason,
        **_revisions(invoice),
        payments=[invoice_payment_output(payment, currency) for payment in invoice.payments],
        credit_notes=[invoice_credit_note_output(note, currency) for note in invoice.credit_notes],
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


def invoice_links(invoice: Invoice) -> dict[str, str | None]:
    """Return the links of an invoice: related resources and actions that are possible now."""
    own = f"/invoices/{invoice.id}"
    possible = possible_actions(invoice)
    return {
        "self": own,
        "customer": f"/customers/{invoice.buyer.id}",
        "pdf": f"{own}/pdf",
        "page": f"/i/{invoice.page_token}" if invoice.page_token else None,
        "update": own if "update" in possible else None,
        "delete": own if "delete" in possible else None,
        "send": f"{own}/send" if "send" in possible else None,
        "cancel_scheduled_send": f"{own}/scheduled-send" if invoice.scheduled_send else None,
        "void": f"{own}/void" if "void" in possible else None,
        "payments": f"{own}/payments",
        "pay": f"{own}/payments" if "pay" in possible else None,
        "reminders": f"{own}/reminders",
        "remind": f"{own}/reminders" if "remind" in possible else None,
        "apply_credit": f"{own}/apply-credit" if "pay" in possible and invoice.amount_due else None,
        "write_off": f"{own}/write-off" if "write_off" in possible else None,
        "undo_write_off": f"{own}/write-off" if "undo_write_off" in possible else None,
        "credit_notes": f"{own}/credit-notes",
        "credit": f"{own}/credit-notes" if "credit" in possible else None,
        "duplicate": f"{own}/duplicate" if "duplicate" in possible else None,
        "recur": f"{own}/recur" if "duplicate" in possible else None,
        "recurring": f"/recurring/{invoice.recurring_id}" if invoice.recurring_id else None,
        "revise": f"{own}/revise" if "revise" in possible else None,
        "late_fees": f"{own}/late-fees" if can_bear_late_fees(invoice) else None,
        "late_fee_of": f"/invoices/{invoice.late_fee_of}" if invoice.late_fee_of else None,
        "revises": f"/invoices/{invoice.revises}" if invoice.revises else None,
        "revised_by": f"/invoices/{invoice.revised_by}" if invoice.revised_by else None,
    }


def links_with_note(invoice: Invoice, credit_note_id: str | None) -> dict[str, str | None]:
    """Return the links of an invoice, and that of the cancelling credit note that a request made, if it made one."""
    return invoice_links(invoice) | {"credit_note": f"/credit-notes/{credit_note_id}" if credit_note_id else None}


def _of_email(invoice: Invoice) -> OfEmailOutput:
    return OfEmailOutput(
        email_subject=invoice.email_subject,
        email_message=invoice.email_message,
        attachments=list(map(attachment_output, invoice.attachments)),
    )


def _revisions(invoice: Invoice) -> RevisionsOutput:
    return RevisionsOutput(revises=invoice.revises, revised_by=invoice.revised_by, void_reason=invoice.void_reason)


def _exchange(invoice: Invoice) -> DocumentExchangeOutput:
    """Return the rate of an invoice; of a draft only what the client gave is known."""
    found = document_exchange_output(invoice)
    if invoice.exchange is None and invoice.exchange_rate is not None:
        found["exchange_rate"] = decimal(invoice.exchange_rate)
    return found


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
