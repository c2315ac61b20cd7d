"""POST /customers/{customer_id}/portal-links: create a link to a customer's portal."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.portal_links import CreatePortalLinkInput
from invoicing.api.outputs.portal_links import NewPortalLinkOutput, new_portal_link_result
from invoicing.operations.customers.create_portal_link import create_portal_link
from invoicing.wiring import api


@api(
    "POST",
    "/customers/{customer_id}/portal-links",
    summary="Create a portal link",
    description=(
        "Makes a link to a page with all the customer's documents. `url` is in this answer only. Earlier links go on "
        "working. With `send_email`, the customer gets an e-mail with the link, at its own address only."
    ),
    scope="customers:write",
    body=CreatePortalLinkInput,
    answers={201: NewPortalLinkOutput},
    errors={409: "The customer is deleted."},
).operation
def handler(request: ApiRequest[CreatePortalLinkInput]) -> Result:
    """The link, with its address."""
    made = create_portal_link(
        request.uow,
        request.http.parameters["customer_id"],
        days=request.body.expires_in_days,
        send_email=request.body.send_email,
        portal_url=request.portal_url,
    )
    return new_portal_link_result(made.link, f"{request.portal_url}/{made.token}")
