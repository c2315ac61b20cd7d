"""GET /invoices/{invoice_id}/views: list the views of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.views import ViewOutput, views_result
from invoicing.operations.invoices.list_invoice_views import list_invoice_views
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/views",
    summary="List the views of an invoice",
    description=(
        "The latest 100 times that the hosted page or its PDF was opened, the latest first, with the kind of client. "
        "Only browsers count as the customer."
    ),
    scope="invoices:read",
    answers={200: list[ViewOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The view log."""
    invoice_id = request.http.parameters["invoice_id"]
    return views_result(invoice_id, list_invoice_views(request.uow, invoice_id))
