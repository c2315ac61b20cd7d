"""Bodies of requests about receipts, apart from those of payments: they load faster."""

from invoicing.api.inputs.invoice_actions import EmailInput


class SendPaymentReceiptInput(EmailInput):
    """Body of ``POST /payments/{id}/receipt/send``."""
