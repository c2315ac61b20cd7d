"""GET /openapi.json: download the OpenAPI document."""

from functools import cache
from pathlib import Path

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.assets import Asset
from invoicing.api.envelope import HttpResponse
from invoicing.wiring import api


@cache
def document() -> Asset:
    """The document, read and compressed by the first request."""
    return Asset.of((Path(__file__).parent / "openapi.json").read_bytes(), "application/json")


@api(
    "GET",
    "/openapi.json",
    summary="Download the OpenAPI document",
    description="The OpenAPI 3.1 document of this version of the API, for clients and tools.",
    public=True,
    answers={200: "application/json"},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The document, which may be kept for five minutes."""
    return document().response(request.http, max_age=300)
