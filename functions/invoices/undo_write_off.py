"""DELETE /invoices/{invoice_id}/write-off: undo a write-off."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.wiring import api


@api(
    "DELETE",
    "/invoices/{invoice_id}/write-off",
    summary="Undo a write-off",
    description="Makes due again what was written off.",
    scope="invoices:write",
    answers={200: InvoiceOutput},
    errors={409: "The invoice is not written off (`possible_actions` says what is possible), or today is locked."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The invoice with its amount due again."""
    invoice = undo_write_off(request.uow, request.http.parameters["invoice_id"], if_version=request.http.if_version)
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
