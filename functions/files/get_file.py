"""GET /files/{file_id}: read a file."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.files import FileOutput, file_links, file_output
from invoicing.operations.files.get_file import get_file
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/files/{file_id}",
    summary="Read a file",
    description="Returns a file, and once it was checked a link that downloads it for 5 minutes.",
    scope="files:read",
    answers={200: FileOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The file."""
    file = get_file(request.uow, request.http.parameters["file_id"])
    return Result(data=file_output(file, wiring().objects, request.uow.real_now), links=file_links(file))
