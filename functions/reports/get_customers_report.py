"""GET /reports/customers: read the customers with the highest revenue."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import XLSX
from invoicing.api.outputs.reports import CustomersOutput, customers_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import CUSTOMERS, format_of, limit_of, period_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_customers_report import get_customers_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/customers",
    summary="Read the top customers",
    description="The customers with the highest revenue in a period, and the money that came from each.",
    scope="reports:read",
    query=CUSTOMERS,
    answers={200: (CustomersOutput, CSV, XLSX)},
    errors={400: "The query is not valid, or the period ends before it starts or has more than 20 years."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, CUSTOMERS)
    report = get_customers_report(request.uow, period_of(given), limit_of(given), wiring().report_totals)
    return customers_result(report, request.http, format_of(given), report_file)
