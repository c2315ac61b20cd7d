"""POST /invoices/{invoice_id}/send: send an invoice to its customer."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoice_actions import SendInvoiceInput
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import SentInvoiceOutput, sent_invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/send",
    summary="Send an invoice",
    description=(
        "Issues the invoice and sends it to its customer by e-mail; an issued invoice is sent again as it is."
        " With `send_email` false, it is only marked as sent."
        " With `send_at`, all this happens then, and until then the status stays as it is."
    ),
    scope="invoices:write",
    body=SendInvoiceInput,
    answers={200: SentInvoiceOutput},
    errors={409: "The invoice is cancelled (`possible_actions` says what is possible), or dated in a locked period."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[SendInvoiceInput]) -> Result:
    """The sent invoice."""
    invoice = send_invoice(
        request.uow,
        request.http.parameters["invoice_id"],
        request.body.email(),
        page_url=request.page_url,
        send_at=request.body.send_at,
        if_version=request.http.if_version,
    )
    data = sent_invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
