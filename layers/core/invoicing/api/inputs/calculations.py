"""What clients send to have an invoice calculated that is not made."""

from invoicing.api.inputs.fields import Word
from invoicing.api.inputs.invoices import InvoiceInput
from invoicing.domain.invoices.drafting import NewInvoice


class CalculateInvoiceInput(InvoiceInput):
    """Body of ``POST /invoices/calculate``: as for ``POST /invoices``, and it may do without a customer."""

    customer_id: Word | None = None

    def invoice(self) -> NewInvoice:
        """What the use case takes."""
        return self.invoice_for(self.customer_id or "")
