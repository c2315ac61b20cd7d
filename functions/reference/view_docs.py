"""GET /docs: view the interactive reference."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.docs_page import CONTENT_SECURITY_POLICY, PAGE
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import page
from invoicing.wiring import api


@api(
    "GET",
    "/docs",
    summary="View the interactive reference",
    description=(
        "The OpenAPI document as a page on which requests can be tried with your API key, which stays in the browser."
        " It loads nothing from elsewhere."
    ),
    public=True,
    answers={200: "text/html"},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The page, which loads script and document by relative addresses."""
    return page(PAGE, CONTENT_SECURITY_POLICY)
