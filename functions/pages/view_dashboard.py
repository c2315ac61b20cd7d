"""GET /dashboard: open the dashboard of an account."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import compressed, page
from invoicing.wiring import api
from invoicing_documents.dashboard import dashboard, dashboard_policy


@api(
    "GET",
    "/dashboard",
    summary="Open the dashboard",
    description=(
        "A page for the account itself: figures, events, failed e-mails, search, and what can be done with an invoice."
        " It asks for an API key, keeps it in the browser's tab, and uses this API alone."
    ),
    public=True,
    answers={200: "text/html"},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The page, which is the same for everybody."""
    return compressed(page(dashboard(), dashboard_policy()), request.http)
