"""Recurring invoices in responses."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.invoice_content import ContentOutput, content_output
from invoicing.api.outputs.service_periods import ServicePeriodOutput, service_period_output
from invoicing.domain.calendar import Weekday
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.domain.recurring.business_days import BusinessDays
from invoicing.domain.recurring.coming_totals import amount_of, totals_by_currency
from invoicing.domain.recurring.occurrences import Occurrence
from invoicing.domain.recurring.recurring_invoice import (
    RUNNING,
    CatchUp,
    CatchUpDates,
    GenerationError,
    OnGenerate,
    PauseReason,
    RecurringInvoice,
    RecurringStatus,
)
from invoicing.domain.recurring.rule import Billing, Frequency, Proration
from invoicing.exact_json import Number, number


class PlannedOutput(ContentOutput):
    """What the invoices of dates on or after ``effective_from`` have in them."""

    effective_from: str


class GenerationErrorOutput(TypedDict):
    """Why the invoice of a date could not be made."""

    code: str
    message: str
    occurrence_date: str
    at: str


class RecurringInvoiceOutput(ContentOutput):
    """A recurring invoice.

    ``next_billing_date`` is the first date without an invoice, before any move to a business day; ``next_attempt_at``
    is when its invoice is made.
    """

    id: str
    status: RecurringStatus
    customer_id: str
    frequency: Frequency
    interval: int
    day: int | str | None
    weekday: Weekday | None
    billing: Billing
    proration: Proration
    start_date: str
    end_date: str | None
    max_occurrences: int | None
    send_at: str
    business_days: BusinessDays
    auto_send: bool
    on_generate: OnGenerate
    catch_up: CatchUp
    catch_up_dates: CatchUpDates
    next_billing_date: str | None
    next_attempt_at: str | None
    invoices_generated: int
    last_invoice_id: str | None
    last_occurrence_date: str | None
    last_error: GenerationErrorOutput | None
    paused_at: str | None
    pause_reason: PauseReason | None
    planned: list[PlannedOutput]
    created_at: str
    updated_at: str


class ComingInvoiceOutput(TypedDict):
    """An invoice that a schedule will make if nothing changes."""

    occurrence_date: str
    issue_date: str
    service_period: ServicePeriodOutput | None
    total: Number
    currency: str


class ComingTotalsOutput(TypedDict):
    """What the previewed invoices of one currency come to, and how many they are."""

    currency: str
    count: int
    subtotal: Number
    tax: Number
    total: Number


def recurring_invoice_output(schedule: RecurringInvoice) -> RecurringInvoiceOutput:
    """Return a recurring invoice as responses show it."""
    rule = schedule.rule
    return RecurringInvoiceOutput(
        id=schedule.id,
        status=schedule.status,
        customer_id=schedule.customer_id,
        frequency=rule.frequency,
        interval=rule.interval,
        day=rule.day,
        weekday=rule.weekday,
        billing=rule.billing,
        proration=rule.proration,
        start_date=schedule.start_date.isoformat(),
        end_date=_date(schedule.end_date),
        max_occurrences=schedule.max_occurrences,
        send_at=f"{schedule.send_at:%H:%M}",
        business_days=schedule.business_days,
        auto_send=schedule.on_generate == "send",
        on_generate=schedule.on_generate,
        catch_up=schedule.catch_up,
        catch_up_dates=schedule.catch_up_dates,
        next_billing_date=_date(schedule.next_billing_date),
        next_attempt_at=None if schedule.status is RecurringStatus.PAUSED else _timestamp(schedule.next_at),
        invoices_generated=schedule.invoices_generated,
        last_invoice_id=schedule.last_invoice_id,
        last_occurrence_date=_date(schedule.last_occurrence_date),
        last_error=_error(schedule.last_error),
        paused_at=_timestamp(schedule.paused_at),
        pause_reason=schedule.pause_reason,
        planned=[
            PlannedOutput(effective_from=each.effective_from.isoformat(), **content_output(each.content))
            for each in schedule.planned
        ],
        created_at=timestamp(schedule.created_at),
        updated_at=timestamp(schedule.updated_at),
        **content_output(schedule.content),
    )


def recurring_invoice_links(schedule: RecurringInvoice) -> dict[str, str | None]:
    """Return the links of a recurring invoice: related resources and actions that are possible now."""
    own = f"/recurring/{schedule.id}"
    runs = schedule.status in RUNNING
    return {
        "self": own,
        "customer": f"/customers/{schedule.customer_id}",
        "invoices": f"{own}/invoices",
        "preview": f"{own}/preview",
        "preview_pdf": f"{own}/preview/pdf" if runs else None,
        "update": own if runs else None,
        "pause": f"{own}/pause" if schedule.status is RecurringStatus.ACTIVE else None,
        "resume": f"{own}/resume" if schedule.status is RecurringStatus.PAUSED else None,
        "skip": f"{own}/skip" if runs else None,
        "cancel": own if runs else None,
    }


def coming_invoice_output(occurrence: Occurrence, draft: Invoice) -> ComingInvoiceOutput:
    """Return an invoice that is going to be made as previews show it."""
    return ComingInvoiceOutput(
        occurrence_date=occurrence.occurrence_date.isoformat(),
        issue_date=occurrence.issue_date.isoformat(),
        service_period=service_period_output(draft.service_period),
        total=number(written(draft.total, draft.currency)),
        currency=draft.currency,
    )


def coming_totals_output(drafts: Iterable[Invoice]) -> list[ComingTotalsOutput]:
    """Return the totals of invoices that are going to be made, by currency."""
    return [
        ComingTotalsOutput(
            currency=currency,
            count=totals.count,
            subtotal=number(written(totals.subtotal, currency)),
            tax=number(written(totals.tax, currency)),
            total=number(written(totals.total, currency)),
        )
        for currency, totals in totals_by_currency(map(amount_of, drafts)).items()
    ]


def _error(error: GenerationError | None) -> GenerationErrorOutput | None:
    if error is None:
        return None
    return GenerationErrorOutput(
        code=error.code,
        message=error.message,
        occurrence_date=error.occurrence_date.isoformat(),
        at=timestamp(error.at),
    )


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _timestamp(instant: datetime | None) -> str | None:
    return timestamp(instant) if instant else None
