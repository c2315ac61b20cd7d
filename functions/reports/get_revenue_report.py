"""GET /reports/revenue: read revenue by day, week, month, quarter or year."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import SVG, XLSX
from invoicing.api.outputs.reports import RevenueReportOutput, revenue_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import REVENUE, format_of, interval_of, period_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_revenue_report import get_revenue_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/revenue",
    summary="Read revenue by period",
    description="What was invoiced, credited, voided and paid, by day, week, month, quarter or year.",
    scope="reports:read",
    query=REVENUE,
    answers={200: (RevenueReportOutput, CSV, XLSX, SVG)},
    errors={
        400: "The query is not valid, the period ends before it starts, or it has more than 20 years or 1,000 parts."
    },
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, REVENUE)
    report = get_revenue_report(request.uow, period_of(given), interval_of(given), wiring().report_totals)
    return revenue_result(report, request.http, format_of(given), report_file)
