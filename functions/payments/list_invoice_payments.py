"""GET /invoices/{invoice_id}/payments: list the payments of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.payments import PaymentOutput, payment_output
from invoicing.api.queries.payments import INVOICE_PAYMENTS
from invoicing.api.query import read_query
from invoicing.operations.payments.list_invoice_payments import list_invoice_payments
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/payments",
    summary="List the payments of an invoice",
    description="A page of the invoice's payments, each shown in full, including allocations to other invoices.",
    scope="payments:read",
    lists=INVOICE_PAYMENTS,
    answers={200: list[PaymentOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """A page of the invoice's payments, each shown in full, including allocations to other invoices."""
    asked = read_query(request.http.query_string, INVOICE_PAYMENTS)
    listed = list_invoice_payments(request.uow, request.http.parameters["invoice_id"], asked.query)
    return list_result(request.http, asked, listed, payment_output)
