"""Body of requests that preview totals."""

from invoicing.api.inputs.fields import Word
from invoicing.api.inputs.invoices import InvoiceInput
from invoicing.domain.invoices.drafting import NewInvoice


class CalculateInvoiceInput(InvoiceInput):
    """Body of ``POST /invoices/calculate``: as for ``POST /invoices``, with an optional customer."""

    customer_id: Word | None = None

    def invoice(self) -> NewInvoice:
        """Convert to the use case's input."""
        return self.invoice_for(self.customer_id or "")
