"""POST /exports: export what the account has of a period."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.exports import CreateExportInput
from invoicing.api.outputs.exports import ExportOutput, export_links, export_output
from invoicing.operations.exports.create_export import create_export
from invoicing.wiring import api


@api(
    "POST",
    "/exports",
    summary="Export a period",
    description=(
        "Writes what the account has of a period into a file, in the background; it begins within six minutes, and "
        "`GET /exports/{export_id}` tells its progress. "
        "Both dates are included; the file has what was recorded before the request."
    ),
    scope="exports:write",
    body=CreateExportInput,
    answers={202: ExportOutput},
    errors={409: "Three exports of the account are under way; `existing_resource` is the URL of one of them."},
).operation
def handler(request: ApiRequest[CreateExportInput]) -> Result:
    """The export before its first row."""
    made = create_export(request.uow, request.body.new_export(), api_url=request.api_url)
    return Result(status=202, data=export_output(made), links=export_links(made))
