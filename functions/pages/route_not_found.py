"""$default: what no other route takes."""

from typing import Never

from invoicing.api.app import Call, NoBody
from invoicing.domain.errors import NotFound
from invoicing.wiring import api


@api("ANY", "$default", public=True).operation
def handler(call: Call[NoBody]) -> Never:
    """Always a 404 in the contract's form."""
    raise NotFound("ROUTE_NOT_FOUND", f"There is no {call.request.method} {call.request.path}.")
