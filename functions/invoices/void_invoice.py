"""POST /invoices/{invoice_id}/void: void an invoice; its number stays used."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoice_actions import VoidInvoiceInput
from invoicing.api.outputs.invoice_links import links_with_note
from invoicing.api.outputs.invoices import VoidedInvoiceOutput, voided_invoice_output
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/void",
    summary="Void an invoice",
    description=(
        "Cancels an invoice that was not paid or credited; its number stays used. A credit note cancels an issued "
        "invoice where `credit_note` or the account's country say so."
    ),
    scope="invoices:write",
    body=VoidInvoiceInput,
    answers={200: VoidedInvoiceOutput},
    errors={
        409: "Status or amounts of the invoice do not allow it (see `possible_actions`), or the period is locked.",
    },
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[VoidInvoiceInput]) -> Result:
    """The cancelled invoice."""
    invoice_id = request.http.parameters["invoice_id"]
    reason, note = request.body.reason, request.body.credit_note
    done = void_invoice(request.uow, invoice_id, reason, credit_note=note, if_version=request.http.if_version)
    links = links_with_note(done.invoice, done.credit_note_id)
    data = voided_invoice_output(done.invoice, done.credit_note_id)
    return Result(data=data, links=links, version=done.invoice.version)
