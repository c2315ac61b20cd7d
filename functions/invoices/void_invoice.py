"""POST /invoices/{invoice_id}/void: void an invoice; its number stays used."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoice_actions import VoidInvoiceInput
from invoicing.api.outputs.invoices import VoidedInvoiceOutput, invoice_links, voided_invoice_output
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/void",
    summary="Void an invoice",
    description="Cancels an invoice that was not paid or credited. Its number stays used.",
    scope="invoices:write",
    body=VoidInvoiceInput,
    answers={200: VoidedInvoiceOutput},
    errors={
        409: (
            "The status or the amounts of the invoice do not allow it (`possible_actions` says what is possible), or "
            "it is dated in a locked period."
        ),
    },
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[VoidInvoiceInput]) -> Result:
    """The cancelled invoice."""
    invoice_id = request.http.parameters["invoice_id"]
    invoice = void_invoice(request.uow, invoice_id, request.body.reason, if_version=request.http.if_version)
    return Result(data=voided_invoice_output(invoice), links=invoice_links(invoice), version=invoice.version)
