"""GET /invoices/{invoice_id}/views: list the views of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import whole_list_result
from invoicing.api.outputs.views import ViewOutput, view_output
from invoicing.api.queries.views import VIEWS
from invoicing.operations.invoices.list_invoice_views import list_invoice_views
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/views",
    summary="List the views of an invoice",
    description=(
        "A page of the latest 100 times that the hosted page or its PDF was opened, the latest first, with the kind of"
        " client. Only browsers count as the customer."
    ),
    scope="invoices:read",
    lists=VIEWS,
    answers={200: list[ViewOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of views, the latest first."""
    views = list_invoice_views(request.uow, request.http.parameters["invoice_id"])
    return whole_list_result(request.http, VIEWS, views, view_output)
