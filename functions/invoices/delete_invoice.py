"""DELETE /invoices/{invoice_id}: delete a draft without an assigned number."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.wiring import api


@api(
    "DELETE",
    "/invoices/{invoice_id}",
    summary="Delete a draft",
    description="Deletes a draft whose number was not assigned by the series.",
    scope="invoices:write",
    answers={204: None},
    errors={
        409: ("The invoice is no draft, or the series assigned its number; `possible_actions` says what is possible."),
    },
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The draft is deleted."""
    delete_invoice(request.uow, request.http.parameters["invoice_id"], if_version=request.http.if_version)
    return NO_CONTENT
