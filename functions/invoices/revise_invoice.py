"""POST /invoices/{invoice_id}/revise: cancel an issued invoice and draft its successor."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.invoice_actions import ReviseInvoiceInput
from invoicing.api.outputs.invoice_links import links_with_note
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/revise",
    summary="Revise an invoice",
    description=(
        "Cancels an issued invoice by a credit note over all that is left of it, and creates a draft with the same "
        "content. What was paid becomes the customer's credit."
    ),
    scope="invoices:write",
    body=ReviseInvoiceInput,
    answers={201: InvoiceOutput},
    errors={
        409: (
            "The invoice is a draft or cancelled, it was written off or credited in full, or today is in a locked "
            "period."
        ),
        422: "A field is not acceptable, or the customer no longer exists or is archived.",
    },
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[ReviseInvoiceInput]) -> Result:
    """The draft that revises the invoice."""
    invoice_id = request.http.parameters["invoice_id"]
    revision = revise_invoice(request.uow, invoice_id, request.body.reason, if_version=request.http.if_version)
    links = links_with_note(revision.draft, revision.credit_note_id)
    data = invoice_output(revision.draft, request.api_url, own_today(request.uow))
    return Result(status=201, data=data, links=links, version=revision.draft.version, location=links["self"])
