"""PATCH /invoices/{invoice_id}: change a draft."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoice_changes import UpdateInvoiceInput
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices._attachments import attaching_instead
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.wiring import api, wiring


@api(
    "PATCH",
    "/invoices/{invoice_id}",
    summary="Update a draft",
    description="Changes the fields that are sent; objects merge, `items` are replaced as a whole. "
    "Of an invoice that is no draft, only `metadata` can be changed.",
    scope="invoices:write",
    body=UpdateInvoiceInput,
    answers={200: InvoiceOutput},
    errors={409: "The invoice is no draft and more than `metadata` is sent, or its new `invoice_number` is taken."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateInvoiceInput]) -> Result:
    """The changed draft."""
    invoice_id = request.http.parameters["invoice_id"]
    attach = attaching_instead(request.body.file_ids, lambda: wiring().objects)
    invoice = update_invoice(
        request.uow, invoice_id, request.body.changes(), if_version=request.http.if_version, attach=attach
    )
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
