"""Bodies of requests that settle invoices without money."""

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Description, PaidAmount


class WriteOffInvoiceInput(RequestBody):
    """Body of ``POST /invoices/{id}/write-off``; the reason is for the account's own records."""

    amount: PaidAmount | None = None
    reason: Description | None = None
    write_off_date: CivilDate | None = None


class ApplyCreditInput(RequestBody):
    """Body of ``POST /invoices/{id}/apply-credit``; by default it applies as much as is due and available."""

    amount: PaidAmount | None = None
