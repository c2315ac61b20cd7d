"""Bodies of requests about statements."""

from invoicing.api.inputs.fields import CivilDate, Currency
from invoicing.api.inputs.invoice_actions import EmailInput
from invoicing.operations.customers.get_customer_statement import Period


class SendCustomerStatementInput(EmailInput):
    """Body of ``POST /customers/{id}/statement/send``; the period is that of a statement that is read."""

    start_date: CivilDate | None = None
    end_date: CivilDate | None = None
    currency: Currency | None = None

    def period(self) -> Period:
        """Convert to the use case's input."""
        return Period(start=self.start_date, end=self.end_date, currency=self.currency)
