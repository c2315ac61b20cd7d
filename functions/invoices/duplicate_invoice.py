"""POST /invoices/{invoice_id}/duplicate: make a new draft that says the same."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.duplicate_invoice import duplicate_invoice
from invoicing.wiring import api


@api("POST", "/invoices/{invoice_id}/duplicate", scope="invoices:write", answers={201: InvoiceOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The new draft, dated today."""
    original_id = call.request.parameters["invoice_id"]
    invoice = duplicate_invoice(call.work, original_id)
    links = invoice_links(invoice)
    data = invoice_output(invoice, call.api_url, call.work.now)
    return Reply(
        status=201,
        data=data,
        links=links | {"original": f"/invoices/{original_id}"},
        version=invoice.version,
        location=links["self"],
    )
