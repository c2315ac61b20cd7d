"""GET /deliveries: list deliveries."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.deliveries import DeliveryOutput, delivery_output
from invoicing.api.queries.deliveries import DELIVERIES
from invoicing.api.query import read_query
from invoicing.operations.deliveries.list_deliveries import list_deliveries
from invoicing.wiring import api


@api(
    "GET",
    "/deliveries",
    summary="List deliveries",
    description=(
        "A page of deliveries, the newest first: each is one e-mail to one recipient, and what became of it."
        " `sent` says that the mail service took it, `delivered` that the recipient's mail server did."
    ),
    scope="deliveries:read",
    lists=DELIVERIES,
    answers={200: list[DeliveryOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of deliveries."""
    asked = read_query(request.http.query_string, DELIVERIES)
    return list_result(request.http, asked, list_deliveries(request.uow, asked.query), delivery_output)
