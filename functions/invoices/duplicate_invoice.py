"""POST /invoices/{invoice_id}/duplicate: duplicate an invoice as a new draft."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/duplicate",
    summary="Duplicate an invoice",
    description="Creates a draft with the same content, dated today, with customer and account as they are now.",
    scope="invoices:write",
    answers={201: InvoiceOutput},
    errors={422: "The customer no longer exists or is archived."},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The new draft, dated today."""
    original_id = request.http.parameters["invoice_id"]
    invoice = duplicate_invoice(request.uow, original_id)
    links = invoice_links(invoice)
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(
        status=201,
        data=data,
        links=links | {"original": f"/invoices/{original_id}"},
        version=invoice.version,
        location=links["self"],
    )
