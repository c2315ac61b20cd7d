"""DELETE /customers/{customer_id}/portal-links/{link_id}: revoke a link to a customer's portal."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.customers.revoke_portal_link import revoke_portal_link
from invoicing.wiring import api


@api(
    "DELETE",
    "/customers/{customer_id}/portal-links/{link_id}",
    summary="Revoke a portal link",
    description="Ends a link at once, also the one in its e-mail; the customer's other links go on working.",
    scope="customers:write",
    answers={204: None},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The link is revoked."""
    parameters = request.http.parameters
    revoke_portal_link(request.uow, parameters["customer_id"], parameters["link_id"])
    return NO_CONTENT
