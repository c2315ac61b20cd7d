"""Reports in responses: as JSON, as CSV, as spreadsheets and charts."""

from typing import Any, TypedDict

from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.report_files import MakeFile, ReportTable, Rows, file_response, is_file
from invoicing.api.outputs.report_rows import (
    CurrencyAgingOutput,
    CurrencySummaryOutput,
    CustomerRevenueOutput,
    DuePeriodOutput,
    MethodSumOutput,
    PeriodRevenueOutput,
    TaxSumOutput,
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

    currencies: list[CurrencySummaryOutput]
    base: CurrencySummaryOutput | None
    unconverted: list[CurrencySummaryOutput]


class CurrencyRevenueOutput(TypedDict):
    """Revenue in one currency."""

    currency: str
    periods: list[PeriodRevenueOutput]


class RevenueReportOutput(ReportOutput):
    """Revenue by currency and part of a period; parts in which nothing happened are there."""

    interval: str
    currencies: list[CurrencyRevenueOutput]
    base: CurrencyRevenueOutput | None
    unconverted: list[CurrencyRevenueOutput]


class AgingOutput(TypedDict):
    """The ageing at the end of a day by currency."""

    as_of: str
    base_currency: str
    currencies: list[CurrencyAgingOutput]
    base: CurrencyAgingOutput | None
    unconverted: list[CurrencyAgingOutput]


class CurrencyTaxOutput(TypedDict):
    """Tax in one currency."""

    currency: str
    groups: list[TaxSumOutput]


class TaxReportOutput(ReportOutput):
    """Tax by currency, rate, category and name."""

    basis: str
    currencies: list[CurrencyTaxOutput]
    base: CurrencyTaxOutput | None
    unconverted: list[CurrencyTaxOutput]


class CurrencyPaymentsOutput(TypedDict):
    """Money in one currency."""

    currency: str
    methods: list[MethodSumOutput]


class PaymentsOutput(ReportOutput):
    """Money by currency and payment method."""

    currencies: list[CurrencyPaymentsOutput]
    base: CurrencyPaymentsOutput | None
    unconverted: list[CurrencyPaymentsOutput]


class CurrencyCustomersOutput(TypedDict):
    """The customers of one currency."""

    currency: str
    customers: list[CustomerRevenueOutput]


class CustomersOutput(ReportOutput):
    """The customers with the highest revenue first; ``has_more`` says whether there are others."""

    currencies: list[CurrencyCustomersOutput]
    base: CurrencyCustomersOutput | None
    unconverted: list[CurrencyCustomersOutput]
    has_more: bool


class CurrencyForecastOutput(TypedDict):
    """What is due in one currency."""

    currency: str
    periods: list[DuePeriodOutput]


class ForecastOutput(ReportOutput):
    """What is due by currency and week; ``schedules_left_out`` are those whose invoices cannot be made.

    ``has_more_schedules`` says that not all active schedules are in it.
    """

    currencies: list[CurrencyForecastOutput]
    schedules_left_out: list[str]
    has_more_schedules: bool


def summary_result(
    report: SummaryReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the summary."""
    rows = [summary_row(row) for row in report.rows]
    fields = [*_OF_ROWS, *fields_of(CurrencySummaryOutput, "currency", "drafts"), "draft_count", "draft_total"]
    table = ReportTable("summary", _period(report.asked), rows, fields)
    return _result(table, report.asked, request, wanted, make)


def revenue_result(
    report: RevenueReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the revenue by period."""
    head = _period(report.asked) | {"interval": report.interval}
    rows = [period_row(*row) for row in report.rows]
    own = ("period", "start", "end")
    table = ReportTable("revenue", head, rows, [*own, *_OF_ROWS, *fields_of(PeriodRevenueOutput, *own)])
    return _result(table, report.asked, request, wanted, make, members="periods")


def aging_result(report: AgingReport, request: Request, wanted: ReportFormat, make: MakeFile) -> Result | HttpResponse:
    """Return the ageing."""
    head = {"as_of": report.asked.end.isoformat(), "base_currency": report.asked.base}
    rows = [ageing_row(row) for row in report.rows]
    table = ReportTable("aging", head, rows, [*_OF_ROWS, *fields_of(CurrencyAgingOutput, "currency")])
    return _result(table, report.asked, request, wanted, make)


def tax_result(report: TaxReport, request: Request, wanted: ReportFormat, make: MakeFile) -> Result | HttpResponse:
    """Return the tax."""
    head = _period(report.asked) | {"basis": report.basis}
    name = "tax" if report.basis == "accrual" else "cash-tax"
    rows = [tax_row(row) for row in report.rows]
    table = ReportTable(name, head, rows, [*_OF_ROWS, *fields_of(TaxSumOutput)])
    return _result(table, report.asked, request, wanted, make, members="groups")


def payments_result(
    report: PaymentsReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the money by method."""
    rows = [method_row(row) for row in report.rows]
    table = ReportTable("payments", _period(report.asked), rows, [*_OF_ROWS, *fields_of(MethodSumOutput)])
    return _result(table, report.asked, request, wanted, make, members="methods")


def customers_result(
    report: CustomersReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the customers."""
    rows = [
        {"customer_id": customer_id, "customer_name": report.names.get(customer_id)} | money(flows)
        for customer_id, flows in report.rows
    ]
    own = ("customer_id", "customer_name")
    table = ReportTable(
        "customers", _period(report.asked), rows, [*own, *_OF_ROWS, *fields_of(CustomerRevenueOutput, *own)]
    )
    return _result(table, report.asked, request, wanted, make, members="customers", has_more=report.more)


def forecast_result(
    report: ForecastReport, request: Request, wanted: ReportFormat, make: MakeFile
) -> Result | HttpResponse:
    """Return the forecast."""
    more = {"schedules_left_out": list(report.left_out), "has_more_schedules": report.more_schedules}
    rows = [forecast_row(row) for row in report.rows]
    table = ReportTable("forecast", _period(report.asked), rows, ["currency", *fields_of(DuePeriodOutput)])
    if _is_json(wanted):
        by_currency = _grouped(rows, "periods").get(None, [])
        return _json({**table.head, "currencies": by_currency, **more}, request)
    return _file(table, wanted, make)


_OF_ROWS = ("currency", "conversion")


def _result(
    table: ReportTable,
    asked: Asked,
    request: Request,
    wanted: ReportFormat,
    make: MakeFile,
    *,
    members: str | None = None,
    **more: Any,
) -> Result | HttpResponse:
    if not _is_json(wanted):
        return _file(table, wanted, make)
    found = _grouped(table.rows, members)
    base = next(iter(found.get("converted", [])), None)
    if base is None and members and asked.currency is None:
        base = {"currency": asked.base, members: []}
    data = {
        **table.head,
        "currencies": found.get(None, []),
        "base": base,
        "unconverted": found.get("unconverted", []),
        **more,
    }
    return _json(data, request)


def _grouped(rows: Rows, members: str | None) -> dict[str | None, list[dict[str, Any]]]:
    """Return rows by whose amounts they have: one for each currency, or each currency with its rows as ``members``."""
    found: dict[str | None, dict[str, dict[str, Any]]] = {}
    for row in rows:
        currency, values = row["currency"], {name: row[name] for name in row if name not in _OF_ROWS}
        of_conversion = found.setdefault(row.get("conversion"), {})
        if members is None:
            of_conversion[currency] = {"currency": currency, **_with_drafts(values)}
        else:
            of_conversion.setdefault(currency, {"currency": currency, members: []})[members].append(values)
    return {conversion: list(entries.values()) for conversion, entries in found.items()}


def _with_drafts(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a summary with its drafts as one member."""
    if "draft_count" not in values:
        return values
    count, total = values.pop("draft_count"), values.pop("draft_total")
    return {**values, "drafts": None if count is None else {"count": count, "total": total}}


def _is_json(wanted: ReportFormat) -> bool:
    return wanted.name != "csv" and not is_file(wanted.name)


def _file(table: ReportTable, wanted: ReportFormat, make: MakeFile) -> HttpResponse:
    if is_file(wanted.name):
        return file_response(wanted.name, table, make)
    from invoicing.api.csv_table import csv_response  # noqa: PLC0415

    return csv_response(f"{table.file_name}.csv", table.columns, table.rows, wanted.writing)


def _json(data: dict[str, Any], request: Request) -> Result:
    query = f"?{request.query_string}" if request.query_string else ""
    return Result(data=data, links={"self": request.path.removeprefix(BASE_PATH) + query})


def _period(asked: Asked) -> dict[str, Any]:
    return {
        "start_date": asked.start.isoformat(),
        "end_date": asked.end.isoformat(),
        "base_currency": asked.base,
    }
