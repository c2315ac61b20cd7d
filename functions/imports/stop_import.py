"""DELETE /imports/{import_id}: stop an import."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.imports.stop_import import stop_import
from invoicing.wiring import api


@api(
    "DELETE",
    "/imports/{import_id}",
    summary="Stop an import",
    description="Lets an import end before its next rows. What was imported stays.",
    scope="imports:write",
    answers={204: None},
    errors={409: "The import has ended."},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The import ends where it is."""
    stop_import(request.uow, request.http.parameters["import_id"])
    return NO_CONTENT
