"""Reports in responses: as JSON, as CSV, as spreadsheets and charts."""

from typing import Any, TypedDict

from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import MakeFile, ReportTable, file_response, is_file
from invoicing.api.outputs.report_rows import (
    AgingRowOutput,
    CustomerRowOutput,
    ForecastRowOutput,
    MethodRowOutput,
    PeriodRevenueOutput,
    SummaryRowOutput,
    TaxRowOutput,
    ageing_row,
    fields_of,
    forecast_row,
    method_row,
    money,
    period_row,
    summary_row,
    tax_row,
)
from invoicing.api.queries.reports import ReportFormat
from invoicing.api.request import BASE_PATH, Request
from invoicing.operations.reports._asked import Asked
from invoicing.operations.reports.get_aging_report import AgingReport
from invoicing.operations.reports.get_customers_report import CustomersReport
from invoicing.operations.reports.get_forecast_report import ForecastReport
from invoicing.operations.reports.get_payments_report import PaymentsReport
from invoicing.operations.reports.get_revenue_report import RevenueReport
from invoicing.operations.reports.get_summary_report import SummaryReport
from invoicing.operations.reports.get_tax_report import TaxReport


class ReportOutput(TypedDict):
    """The period of a report, both days included, and the account's own currency."""

    start_date: str
    end_date: str
    base_currency: str


class SummaryOutput(ReportOutput):
    """The summary of a period by currency."""

    rows: list[SummaryRowOutput]


class RevenueReportOutput(ReportOutput):
    """Revenue by part of a period and by currency; parts in which nothing happened are there."""

    interval: str
    rows: list[PeriodRevenueOutput]


class AgingOutput(TypedDict):
    """The ageing at the end of a day by currency."""

    as_of: str
    base_currency: str
    rows: list[AgingRowOutput]


class TaxReportOutput(ReportOutput):
    """Tax by currency, rate, category and name."""

    basis: str
    rows: list[TaxRowOutput]


class PaymentsOutput(ReportOutput):
    """Money by currency and payment method."""

    rows: list[MethodRowOutput]


class CustomersOutput(ReportOutput):
    """The customers with the highest revenue first; ``has_more`` says whether there are others."""

    rows: list[CustomerRowOutput]
    has_more: bool


class ForecastOutput(ReportOutput):
    """What is due by week and currency; ``schedules_left_out`` are those whose invoices cannot be made.

    ``has_more_schedules`` says that not all active schedules are in it.
    """

    rows: list[ForecastRowOutput]
    schedules_left_out: list[str]
    has_more_schedules: bool


def summary_result(
    report: SummaryReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the summary."""
    rows = [summary_row(row) for row in report.rows]
    return _result(
        ReportTable("summary", _period(report.asked), rows, fields_of(SummaryRowOutput)), request, wanted, make
    )


def revenue_result(
    report: RevenueReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the revenue by period."""
    head = _period(report.asked) | {"interval": report.interval}
    rows = [period_row(*row) for row in report.rows]
    fields = fields_of(PeriodRevenueOutput, "period", "start_date", "end_date")
    return _result(ReportTable("revenue", head, rows, fields), request, wanted, make)


def aging_result(report: AgingReport, request: Request, wanted: ReportFormat, make: MakeFile) -> Result | HttpResponse:
    """Return the ageing."""
    head = {"as_of": report.asked.end.isoformat(), "base_currency": report.asked.base}
    rows = [ageing_row(row) for row in report.rows]
    return _result(ReportTable("aging", head, rows, fields_of(AgingRowOutput)), request, wanted, make)


def tax_result(report: TaxReport, request: Request, wanted: ReportFormat, make: MakeFile) -> Result | HttpResponse:
    """Return the tax."""
    head = _period(report.asked) | {"basis": report.basis}
    name = "tax" if report.basis == "accrual" else "cash-tax"
    rows = [tax_row(row) for row in report.rows]
    return _result(ReportTable(name, head, rows, fields_of(TaxRowOutput)), request, wanted, make)


def payments_result(
    report: PaymentsReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the money by method."""
    rows = [method_row(row) for row in report.rows]
    table = ReportTable("payments", _period(report.asked), rows, fields_of(MethodRowOutput))
    return _result(table, request, wanted, make)


def customers_result(
    report: CustomersReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the customers."""
    rows = [
        {"customer_id": customer_id, "customer_name": report.names.get(customer_id)} | money(flows)
        for customer_id, flows in report.rows
    ]
    fields = fields_of(CustomerRowOutput, "customer_id", "customer_name")
    table = ReportTable("customers", _period(report.asked), rows, fields)
    return _result(table, request, wanted, make, has_more=report.more)


def forecast_result(
    report: ForecastReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the forecast."""
    more = {"schedules_left_out": list(report.left_out), "has_more_schedules": report.more_schedules}
    rows = [forecast_row(row) for row in report.rows]
    table = ReportTable("forecast", _period(report.asked), rows, fields_of(ForecastRowOutput))
    return _result(table, request, wanted, make, **more)


def _result(
    table: ReportTable, request: Request, wanted: ReportFormat, make: MakeFile, **more: Any
) -> Result | HttpResponse:
    if wanted.name == "csv":
        from invoicing.api.csv_table import csv_response  # noqa: PLC0415

        return csv_response(f"{table.file_name}.csv", table.columns, table.rows, wanted.writing)
    if is_file(wanted.name):
        return file_response(wanted.name, table, make)
    query = f"?{request.query_string}" if request.query_string else ""
    return Result(
        data={**table.head, "rows": table.rows, **more},
        links={"self": request.path.removeprefix(BASE_PATH) + query},
    )


def _period(asked: Asked) -> dict[str, Any]:
    return {
        "start_date": asked.start.isoformat(),
        "end_date": asked.end.isoformat(),
        "base_currency": asked.base,
    }
