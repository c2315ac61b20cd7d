"""DELETE /exports/{export_id}: stop an export."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.exports.stop_export import stop_export
from invoicing.wiring import api


@api(
    "DELETE",
    "/exports/{export_id}",
    summary="Stop an export",
    description="Ends an export without a file.",
    scope="exports:write",
    answers={204: None},
    errors={409: "The export has ended."},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The export ends."""
    stop_export(request.uow, request.http.parameters["export_id"])
    return NO_CONTENT
