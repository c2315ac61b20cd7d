"""GET /suppressions: list suppressions."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.deliveries import SuppressionOutput, suppression_output
from invoicing.api.queries.deliveries import SUPPRESSIONS
from invoicing.api.query import read_query
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.wiring import api


@api(
    "GET",
    "/suppressions",
    summary="List suppressions",
    description=(
        "A page of the addresses that get no e-mails, because they bounced or complained, the newest first."
        " `reason` is `bounced`, `complained`, or `repeated_soft_bounces`: three failures in a row."
    ),
    scope="deliveries:read",
    lists=SUPPRESSIONS,
    answers={200: list[SuppressionOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of suppressions."""
    asked = read_query(request.http.query_string, SUPPRESSIONS)
    return list_result(request.http, asked, request.uow.page_of(Suppression, asked.query), suppression_output)
