"""GET /exports: list exports."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.exports import ExportOutput, export_output
from invoicing.api.queries.exports import EXPORTS
from invoicing.api.query import read_query
from invoicing.operations.exports.list_exports import list_exports
from invoicing.wiring import api


@api(
    "GET",
    "/exports",
    summary="List exports",
    description="A page of exports, the newest first unless `sort` says otherwise.",
    scope="exports:read",
    lists=EXPORTS,
    answers={200: list[ExportOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of exports."""
    asked = read_query(request.http.query_string, EXPORTS)
    return list_result(request.http, asked, list_exports(request.uow, asked.query), export_output)
