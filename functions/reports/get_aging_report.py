"""GET /reports/aging: read what is open, by how long it has been due."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import SVG, XLSX
from invoicing.api.outputs.reports import AgingOutput, aging_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import AGING, date_of, format_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_aging_report import get_aging_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/aging",
    summary="Read the ageing of receivables",
    description="What is open at the end of a day, by days since the due date, and the unused credit of customers.",
    scope="reports:read",
    query=AGING,
    answers={200: (AgingOutput, CSV, XLSX, SVG)},
    errors={400: "The query is not valid."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, AGING)
    report = get_aging_report(request.uow, date_of(given, "as_of"), given.get("currency"), wiring().report_totals)
    return aging_result(report, request.http, format_of(given), report_file)
