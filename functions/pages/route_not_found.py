"""$default: requests that match no route."""

from typing import Never

from invoicing.api.app import ApiRequest, NoBody
from invoicing.domain.errors import NotFound
from invoicing.wiring import api


@api("ANY", "$default", public=True).operation
def handler(request: ApiRequest[NoBody]) -> Never:
    """Always a 404 in the API's error format."""
    raise NotFound("ROUTE_NOT_FOUND", f"There is no {request.http.method} {request.http.path}.")
