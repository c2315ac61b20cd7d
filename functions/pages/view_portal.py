"""GET /c/{token}: view the portal of a customer."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import error_pages, page, query_value
from invoicing.operations.pages.view_portal import view_portal
from invoicing.wiring import api, wiring
from invoicing_documents.page import content_security_policy, render_failure_page, render_portal_not_found_page
from invoicing_documents.page.portal_page import render_portal_page

errors = error_pages(render_portal_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/c/{token}",
    summary="View the portal of a customer",
    description="All documents of a customer, by a portal link, with the balance in each currency. It changes nothing.",
    public=True,
    answers={200: "text/html"},
    errors={400: "The address leads to a page of a list that does not exist."},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The portal."""
    token, cursors = request.http.parameters["token"], ("invoices", "credit_notes", "payments")
    chosen = {name: query_value(request.http, name) for name in cursors}
    portal = view_portal(request.uow, token, wiring().ledger, **chosen)
    html = render_portal_page(portal, own_url=f"{request.portal_url}/{token}", is_first=not any(chosen.values()))
    return page(html, content_security_policy())
