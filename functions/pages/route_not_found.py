"""$default: requests that match no route."""

from typing import Never

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.routes import refuse_route
from invoicing.wiring import api


@api(
    "ANY",
    "$default",
    summary="Refuse any other request",
    description="Answers 405 to another method of a path that exists, and 404 to any other path.",
    public=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Never:
    """Always an error in the contract's form."""
    refuse_route(request.http)
