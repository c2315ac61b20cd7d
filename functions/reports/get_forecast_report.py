"""GET /reports/forecast: read the forecast."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import SVG, XLSX
from invoicing.api.outputs.reports import ForecastOutput, forecast_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import FORECAST, format_of, period_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_forecast_report import get_forecast_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/forecast",
    summary="Read the forecast",
    description="Open amounts in the ISO week of their due date, and those of invoices that schedules will make.",
    scope="reports:read",
    query=FORECAST,
    answers={200: (ForecastOutput, CSV, XLSX, SVG)},
    errors={400: "The query is not valid, or a date is before today or more than a year after it."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, FORECAST)
    report = get_forecast_report(request.uow, period_of(given), wiring().report_totals)
    return forecast_result(report, request.http, format_of(given), report_file)
