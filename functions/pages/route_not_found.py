"""$default: what no other route takes."""

from typing import Never

from invoicing.api.app import ApiRequest, NoBody
from invoicing.domain.errors import NotFound
from invoicing.wiring import api


@api("ANY", "$default", public=True).operation
def handler(request: ApiRequest[NoBody]) -> Never:
    """Always a 404 in the contract's form."""
    raise NotFound("ROUTE_NOT_FOUND", f"There is no {request.http.method} {request.http.path}.")
