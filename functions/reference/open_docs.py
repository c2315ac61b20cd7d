"""GET /: go to the interactive reference."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.wiring import api


@api(
    "GET",
    "/",
    summary="Go to the interactive reference",
    description="Redirects to the interactive reference.",
    public=True,
    answers={302: None},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A redirect."""
    return HttpResponse(status=302, body=b"", headers={"Location": f"{request.api_url}/docs"}, content_type="")
