"""GET /exports/{export_id}: read an export with its progress."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.exports import ExportWithFileOutput, export_links, export_with_file_output
from invoicing.operations.exports.get_export import get_export
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/exports/{export_id}",
    summary="Read an export",
    description="Returns an export with its progress, and a link to its file once it is completed.",
    scope="exports:read",
    answers={200: ExportWithFileOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The export."""
    found = get_export(request.uow, request.http.parameters["export_id"])
    data = export_with_file_output(found, wiring().objects, request.uow.real_now)
    return Result(data=data, links=export_links(found))
