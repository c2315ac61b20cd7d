"""POST /invoices/{invoice_id}/write-off: write off an invoice."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.settlement import WriteOffInvoiceInput
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/write-off",
    summary="Write off an invoice",
    description="Gives up what will not be paid of an invoice; without `amount`, all that is due.",
    scope="invoices:write",
    body=WriteOffInvoiceInput,
    answers={200: InvoiceOutput},
    errors={
        409: "Nothing is due, the invoice is a draft (`possible_actions` says what is possible), or the date is locked."
    },
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[WriteOffInvoiceInput]) -> Result:
    """The invoice after the write-off."""
    invoice_id = request.http.parameters["invoice_id"]
    lost, if_version = request.body, request.http.if_version
    invoice = write_off_invoice(
        request.uow, invoice_id, lost.reason, lost.amount, on=lost.write_off_date, if_version=if_version
    )
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
