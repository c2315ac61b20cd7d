"""GET /reports/payments: read the money of a period by payment method."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import XLSX
from invoicing.api.outputs.reports import PaymentsOutput, payments_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import PERIOD, format_of, period_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_payments_report import get_payments_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/payments",
    summary="Read payments by method",
    description="What came and went by each payment method, by the dates of payments, refunds, reversals and payouts.",
    scope="reports:read",
    query=PERIOD,
    answers={200: (PaymentsOutput, CSV, XLSX)},
    errors={400: "The query is not valid, or the period ends before it starts or has more than 20 years."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, PERIOD)
    report = get_payments_report(request.uow, period_of(given), wiring().report_totals)
    return payments_result(report, request.http, format_of(given), report_file)
