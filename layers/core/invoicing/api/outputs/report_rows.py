"""Rows of reports in responses and tables."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, TypedDict

from invoicing.domain.ledger.ageing import BUCKETS
from invoicing.domain.money.amounts import written
from invoicing.domain.reports.ageing import AgeingRow
from invoicing.domain.reports.figures import Flows, Row
from invoicing.domain.reports.forecast import DuePeriod
from invoicing.domain.reports.methods import MethodRow
from invoicing.domain.reports.periods import ReportPeriod
from invoicing.domain.reports.summary import Summary
from invoicing.domain.reports.taxes import TaxRow
from invoicing.exact_json import Number, decimal, number


class RevenueOutput(TypedDict):
    """Documents of a period: ``revenue``, ``tax`` and ``gross_revenue`` are invoiced less credited and voided."""

    invoice_count: int
    invoiced: Number
    credit_note_count: int
    credited: Number
    void_count: int
    voided: Number
    revenue: Number
    tax: Number
    gross_revenue: Number


class MoneyOutput(RevenueOutput):
    """Documents and money of a period: ``collected`` is payments less refunds and reversals."""

    payments: Number
    refunds: Number
    reversals: Number
    collected: Number
    settled_by_credit: Number
    credit_paid_out: Number
    written_off: Number
    exchange_gain: Number | None


class PeriodRevenueOutput(MoneyOutput):
    """A part of the period, both days included, named as 2026-03-31, 2026-W53, 2026-03, 2026-Q1 or 2026."""

    period: str
    start: str
    end: str


class DraftsOutput(TypedDict):
    """The drafts of a currency that there are now."""

    count: int
    total: Number


class CurrencySummaryOutput(MoneyOutput):
    """A period, and what is owed: ``outstanding`` is what is open at its end, of which ``overdue``.

    ``net_receivable`` is that less the unused credit of customers; ``opening_receivable`` is the same before the
    period. ``dso`` is ``net_receivable`` ÷ ``gross_revenue`` × days, and ``collection_rate`` is ``collected`` ÷
    (``opening_receivable`` + ``gross_revenue``). ``drafts`` are of today whatever the period, part of nothing else, and
    null of what is converted or has no rate.
    """

    currency: str
    opening_receivable: Number
    outstanding: Number
    overdue: Number
    unapplied_credit: Number
    net_receivable: Number
    dso: Number | None
    collection_rate: Number | None
    drafts: DraftsOutput | None


class CurrencyAgingOutput(TypedDict):
    """What is open at the end of a day, by days since the due date; ``net`` is less the unused credit of customers."""

    currency: str
    current: Number
    days_1_30: Number
    days_31_60: Number
    days_61_90: Number
    days_over_90: Number
    total: Number
    unapplied_credit: Number
    net: Number


class TaxSumOutput(TypedDict):
    """The tax of one rate (a fraction), category and name."""

    tax_rate: Number
    tax_category: str | None
    tax_name: str | None
    taxable: Number
    tax: Number


class MethodSumOutput(TypedDict):
    """The money of one payment method: ``net`` is what came less what went."""

    payment_method: str
    payment_count: int
    payments: Number
    refund_count: int
    refunds: Number
    reversals: Number
    credit_paid_out: Number
    net: Number


class DuePeriodOutput(TypedDict):
    """What is due in a period: ``open`` on invoices that are issued, ``recurring`` on those that schedules will make.

    ``period`` is a week such as 2026-W53, or ``overdue``, ``earlier`` or ``later``, which have no dates.
    """

    period: str
    start: str | None
    end: str | None
    open: Number
    recurring_count: int
    recurring: Number
    total: Number


class CustomerRevenueOutput(MoneyOutput):
    """The period of one customer."""

    customer_id: str
    customer_name: str | None


def fields_of(row: type, *without: str) -> list[str]:
    """Return the fields of a kind of rows in their order, without some."""
    return [name for name in row.__annotations__ if name not in without]


def _row(row: Row) -> dict[str, Any]:
    return {"currency": row.currency, "conversion": row.conversion}


def summary_row(summary: Summary) -> dict[str, Any]:
    """Return the row of a summary."""
    currency = summary.row.currency
    closing = summary.closing
    return money(summary.flows) | {
        "opening_receivable": _amount(summary.opening.net, currency),
        "outstanding": _amount(closing.receivable, currency),
        "overdue": _amount(closing.overdue, currency),
        "unapplied_credit": _amount(closing.credit, currency),
        "net_receivable": _amount(closing.net, currency),
        "dso": _ratio(summary.days_sales_outstanding, 1),
        "collection_rate": _ratio(summary.collection_rate, 4),
        "draft_count": summary.drafts.number if summary.drafts else None,
        "draft_total": _amount(summary.drafts.amount, currency) if summary.drafts else None,
    }


def period_row(period: ReportPeriod, flows: Flows) -> dict[str, Any]:
    """Return the row of a part of a period."""
    days = {"period": period.name, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return days | money(flows)


def money(flows: Flows) -> dict[str, Any]:
    """Return the documents and the money of a period."""
    currency, revenue = flows.row.currency, flows.revenue
    amounts = {
        "payments": flows.payments.amount,
        "refunds": flows.refunds.amount,
        "reversals": flows.reversals.amount,
        "collected": flows.collected,
        "settled_by_credit": flows.settled_by_credit.amount,
        "credit_paid_out": flows.credit_paid_out.amount,
        "written_off": flows.written_off.amount,
    }
    return {
        **_row(flows.row),
        "invoice_count": flows.invoiced.number,
        "invoiced": _amount(flows.invoiced.gross, currency),
        "credit_note_count": flows.credited.number,
        "credited": _amount(flows.credited.gross, currency),
        "void_count": flows.voided.number,
        "voided": _amount(flows.voided.gross, currency),
        "revenue": _amount(revenue.net, currency),
        "tax": _amount(revenue.tax, currency),
        "gross_revenue": _amount(revenue.gross, currency),
        **{name: _amount(amount, currency) for name, amount in amounts.items()},
        "exchange_gain": _amount(flows.exchange_gain, currency) if flows.row.conversion == "converted" else None,
    }


def ageing_row(ageing: AgeingRow) -> dict[str, Any]:
    """Return the row of an ageing."""
    currency = ageing.row.currency
    return {
        **_row(ageing.row),
        **{name: _amount(amount, currency) for (name, _), amount in zip(BUCKETS, ageing.buckets, strict=True)},
        "total": _amount(ageing.receivable, currency),
        "unapplied_credit": _amount(ageing.credit, currency),
        "net": _amount(ageing.net, currency),
    }


def tax_row(tax: TaxRow) -> dict[str, Any]:
    """Return the row of a tax group."""
    currency = tax.row.currency
    return {
        **_row(tax.row),
        "tax_rate": decimal(tax.rate),
        "tax_category": tax.category,
        "tax_name": tax.name,
        "taxable": _amount(tax.taxable, currency),
        "tax": _amount(tax.tax, currency),
    }


def method_row(method: MethodRow) -> dict[str, Any]:
    """Return the row of a payment method."""
    currency = method.row.currency
    return {
        **_row(method.row),
        "payment_method": method.method,
        "payment_count": method.payments.number,
        "payments": _amount(method.payments.amount, currency),
        "refund_count": method.refunds.number,
        "refunds": _amount(method.refunds.amount, currency),
        "reversals": _amount(method.reversals.amount, currency),
        "credit_paid_out": _amount(method.credit_paid_out.amount, currency),
        "net": _amount(method.net, currency),
    }


def forecast_row(due: DuePeriod) -> dict[str, Any]:
    """Return the row of a week of a forecast."""
    currency = due.row.currency
    return {
        "currency": currency,
        "period": due.period,
        "start": due.start.isoformat() if due.start else None,
        "end": due.end.isoformat() if due.end else None,
        "open": _amount(due.open, currency),
        "recurring_count": due.recurring.count,
        "recurring": _amount(due.recurring.amount_payable, currency),
        "total": _amount(due.total, currency),
    }


def _amount(minor: int, currency: str) -> Number:
    return number(written(minor, currency))


def _ratio(value: Fraction | None, decimals: int) -> Number | None:
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return decimal(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
