"""GET /customers/{customer_id}/portal-links: list the links to a customer's portal."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.portal_links import PortalLinkOutput, portal_link_output
from invoicing.api.queries.portal_links import PORTAL_LINKS
from invoicing.api.query import read_query
from invoicing.operations.customers.list_portal_links import list_portal_links
from invoicing.wiring import api


@api(
    "GET",
    "/customers/{customer_id}/portal-links",
    summary="List the portal links of a customer",
    description="A page of the customer's links that were not revoked, the newest first, without their addresses.",
    scope="customers:read",
    lists=PORTAL_LINKS,
    answers={200: list[PortalLinkOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of links."""
    asked = read_query(request.http.query_string, PORTAL_LINKS)
    listed = list_portal_links(request.uow, request.http.parameters["customer_id"], asked.query)
    return list_result(request.http, asked, listed, portal_link_output)
