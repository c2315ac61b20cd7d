"""The values of fields of responses, which are declared as text so that a function need not load their enumerations."""

from enum import StrEnum
from typing import get_args

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.exports.export import ExportStatus
from invoicing.domain.imports.data_import import ImportStatus
from invoicing.domain.invoices.invoice import Status as InvoiceStatus
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Method, PaymentStatus
from invoicing.domain.recurring.recurring_invoice import RecurringStatus
from invoicing.domain.webhooks.delivery import Problem
from invoicing.domain.webhooks.delivery import Skipped as SkippedReason
from invoicing.domain.webhooks.delivery import Status as WebhookDeliveryStatus
from invoicing.domain.webhooks.webhook import Reason as DisabledReason
from invoicing.domain.webhooks.webhook import Status as WebhookStatus


def _of(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(member) for member in kind)


_METHODS = (*get_args(Method), CUSTOMER_CREDIT)
_INVOICE, _MOVEMENT = _of(InvoiceStatus), _of(Movement)

ENUMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Invoice", "status"): _INVOICE,
    ("SentInvoice", "status"): _INVOICE,
    ("VoidedInvoice", "status"): _INVOICE,
    ("InvoiceSummary", "status"): _INVOICE,
    ("ReminderSummary", "status"): _INVOICE,
    ("TextSummary", "status"): _INVOICE,
    ("RecurringInvoiceSummary", "status"): _of(RecurringStatus),
    ("RecurringInvoiceSummary", "invoice_status"): _INVOICE,
    ("PaymentSummary", "status"): _of(PaymentStatus),
    ("PaymentSummary", "payment_method"): _METHODS,
    ("ReceiptSummary", "status"): _of(PaymentStatus),
    ("ReceiptSummary", "payment_method"): _METHODS,
    ("ExportSummary", "status"): _of(ExportStatus),
    ("ImportSummary", "status"): _of(ImportStatus),
    ("WebhookSummary", "status"): get_args(WebhookStatus),
    ("WebhookSummary", "disabled_reason"): get_args(DisabledReason),
    ("Payment", "status"): _of(PaymentStatus),
    ("Payment", "payment_method"): _METHODS,
    ("InvoicePayment", "payment_method"): _METHODS,
    ("MethodSum", "payment_method"): _METHODS,
    ("Delivery", "status"): _of(DeliveryStatus),
    ("Export", "status"): _of(ExportStatus),
    ("ExportWithFile", "status"): _of(ExportStatus),
    ("Import", "status"): _of(ImportStatus),
    ("ImportWithErrors", "status"): _of(ImportStatus),
    ("File", "status"): ("pending", "ready"),
    ("DeclaredFile", "status"): ("pending", "ready"),
    ("LedgerEntry", "type"): _MOVEMENT,
    ("Movement", "type"): _MOVEMENT,
    ("Webhook", "status"): get_args(WebhookStatus),
    ("WebhookWithSecret", "status"): get_args(WebhookStatus),
    ("Webhook", "disabled_reason"): get_args(DisabledReason),
    ("WebhookWithSecret", "disabled_reason"): get_args(DisabledReason),
    ("WebhookDelivery", "status"): get_args(WebhookDeliveryStatus),
    ("WebhookDelivery", "reason"): get_args(SkippedReason),
    ("Attempt", "error"): get_args(Problem),
}
"""By schema and field. Values can be added without a new version of the API."""
