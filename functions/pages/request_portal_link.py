"""POST /i/{token}/portal-link: mail a portal link to the customer of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import error_pages, language, page
from invoicing.operations.pages.request_portal_link import request_portal_link
from invoicing.wiring import api
from invoicing_documents.page import (
    content_security_policy,
    render_failure_page,
    render_not_found_page,
    render_portal_mailed_page,
)

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy())


@api(
    "POST",
    "/i/{token}/portal-link",
    summary="Mail a portal link to the customer",
    description=(
        "Mails a portal link to the customer's address on file, at most three in an hour for an invoice. The answer is"
        " always the same, so that it tells nothing about the invoice, the customer or the address."
    ),
    public=True,
    answers={202: "text/html"},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A page that says where to look."""
    request_portal_link(request.uow, request.http.parameters["token"], portal_url=request.portal_url)
    return page(render_portal_mailed_page(language(request.http)), content_security_policy(), 202)
