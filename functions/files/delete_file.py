"""DELETE /files/{file_id}: delete a file with its content."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.files.delete_file import delete_file
from invoicing.wiring import api, wiring


@api(
    "DELETE",
    "/files/{file_id}",
    summary="Delete a file",
    description="Deletes a file and its content, unless it is attached to an issued invoice.",
    scope="files:write",
    answers={204: None},
    errors={409: "The file is attached to an issued invoice, and is kept with it."},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The file is deleted."""
    delete_file(request.uow, request.http.parameters["file_id"], wiring().objects)
    return NO_CONTENT
