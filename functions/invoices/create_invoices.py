"""POST /invoices/bulk: create up to 100 invoices, each alone."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoices import BulkInvoiceInput, CreateInvoicesInput
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoice_results import InvoiceResultsOutput
from invoicing.api.outputs.invoices import invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices._attachments import attaching
from invoicing.operations.invoices.create_invoice import create_invoice, reads_of
from invoicing.wiring import bulk_api, wiring


@bulk_api(
    "/invoices/bulk",
    items="invoices",
    item=BulkInvoiceInput,
    reads=lambda new: reads_of(new.customer_id, new.series_id, send_email=new.send_email),
    summary="Create several invoices",
    description=(
        "Creates up to 100 invoices in order, each alone: `results` has for each what `POST /invoices` would have "
        "answered. Send what has status 503 again, with the same keys."
    ),
    scope="invoices:write",
    body=CreateInvoicesInput,
    answers={207: InvoiceResultsOutput},
).operation
def handler(request: ApiRequest[BulkInvoiceInput]) -> Result:
    """One of the invoices as stored."""
    invoice = create_invoice(
        request.uow,
        request.body.invoice(),
        send_email=request.body.send_email,
        page_url=request.page_url,
        attach=attaching(request.body.attachments, lambda: wiring().objects),
    )
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(status=201, data=data, links=invoice_links(invoice))
