"""POST /invoices: create an invoice, as a draft or sent at once."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoices import CreateInvoiceInput
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices._attachments import attaching
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/invoices",
    summary="Create an invoice",
    description="Creates a draft. With `send_email`, the invoice is issued and sent at once.",
    scope="invoices:write",
    body=CreateInvoiceInput,
    answers={201: InvoiceOutput},
    errors={
        404: "The account of the API key no longer exists.",
        409: (
            "The `invoice_number` is taken; `existing_resource` is the URL of the invoice that has it. Or "
            "`issue_date` is in a locked period."
        ),
    },
    etag=True,
).operation
def handler(request: ApiRequest[CreateInvoiceInput]) -> Result:
    """The invoice as stored."""
    body, attach = request.body, attaching(request.body.attachments, lambda: wiring().objects)
    invoice = create_invoice(
        request.uow, body.invoice(), send_email=body.send_email, page_url=request.page_url, attach=attach
    )
    links = invoice_links(invoice)
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(status=201, data=data, links=links, version=invoice.version, location=links["self"])
