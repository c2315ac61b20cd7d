"""GET /reports/summary: read the summary of a period."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import XLSX
from invoicing.api.outputs.reports import SummaryOutput, summary_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import PERIOD, format_of, period_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_summary_report import get_summary_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/summary",
    summary="Read the summary of a period",
    description="What was invoiced, credited and collected in a period, and what is owed before and after it.",
    scope="reports:read",
    query=PERIOD,
    answers={200: (SummaryOutput, CSV, XLSX)},
    errors={400: "The query is not valid, or the period ends before it starts or has more than 20 years."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, PERIOD)
    report = get_summary_report(request.uow, period_of(given), wiring().report_totals)
    return summary_result(report, request.http, format_of(given), report_file)
