"""GET /docs/scalar.js: download the script of the interactive reference."""

from functools import cache
from pathlib import Path

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.assets import YEAR, Asset
from invoicing.api.envelope import HttpResponse
from invoicing.wiring import api


@cache
def script() -> Asset:
    """Scalar's bundle, which `python -m tools.scalar` fetched."""
    return Asset((Path(__file__).parent / "scalar.js.gz").read_bytes(), "text/javascript; charset=utf-8")


@api(
    "GET",
    "/docs/scalar.js",
    summary="Download the script of the interactive reference",
    description="Scalar's API reference, as the interactive reference loads it.",
    public=True,
    answers={200: "text/javascript"},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The script, which may be kept for good: the page asks for another version by another address."""
    return script().response(request.http, max_age=YEAR)
