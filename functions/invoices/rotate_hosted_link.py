"""POST /invoices/{invoice_id}/hosted-link/rotate: replace the hosted link of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.hosted_links import HostedLinkOutput, hosted_link_output
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.operations.invoices.rotate_hosted_link import rotate_hosted_link
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/hosted-link/rotate",
    summary="Rotate the hosted link of an invoice",
    description=(
        "Replaces the link of the invoice's page: the old one is unknown at once, the answer has the new one. "
        "Use it when an e-mail was forwarded to someone who should not read on."
    ),
    scope="invoices:write",
    answers={200: HostedLinkOutput},
    errors={409: "The invoice was never issued, so it has no page."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The new link."""
    invoice_id = request.http.parameters["invoice_id"]
    invoice = rotate_hosted_link(request.uow, invoice_id, if_version=request.http.if_version)
    data = hosted_link_output(invoice, request.api_url)
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
