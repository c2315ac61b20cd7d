"""GET /reports/tax: read the tax of a period."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import XLSX
from invoicing.api.outputs.reports import TaxReportOutput, tax_result
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.reports import TAX, basis_of, format_of, period_of
from invoicing.api.query import CSV
from invoicing.operations.reports.get_tax_report import get_tax_report
from invoicing.wiring import api, wiring
from invoicing_documents.report_files import report_file


@api(
    "GET",
    "/reports/tax",
    summary="Read the tax of a period",
    description="Tax by rate, category and name: of invoices by tax point or issue date, less credit notes and voids.",
    scope="reports:read",
    query=TAX,
    answers={200: (TaxReportOutput, CSV, XLSX)},
    errors={400: "The query is not valid, or the period ends before it starts or has more than 20 years."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The report, as JSON or a file."""
    given = read_parameters(request.http.query_string, TAX)
    report = get_tax_report(request.uow, period_of(given), basis_of(given), wiring().report_totals)
    return tax_result(report, request.http, format_of(given), report_file)
