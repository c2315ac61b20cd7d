"""Invoices in the responses of bulk operations."""

from typing import NotRequired, TypedDict

from invoicing.api.outputs.bulk import ResultOutput
from invoicing.api.outputs.invoices import InvoiceOutput


class InvoiceResultOutput(ResultOutput):
    """What came of an invoice; ``data`` is the invoice if it was created."""

    data: NotRequired[InvoiceOutput]


class InvoiceResultsOutput(TypedDict):
    """One result for each invoice, in the order in which they were sent."""

    results: list[InvoiceResultOutput]
