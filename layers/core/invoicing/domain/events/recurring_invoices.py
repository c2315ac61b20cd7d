"""Events of recurring invoices."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import ChangedFields, changed_fields

if TYPE_CHECKING:
    from invoicing.domain.invoices.invoice import Invoice
    from invoicing.domain.recurring.occurrences import Occurrence, Skipped
    from invoicing.domain.recurring.recurring_invoice import GenerationError, RecurringInvoice


class ErrorInEvent(TypedDict):
    """Why something failed."""

    code: str
    message: str


class _Occurred(TypedDict, total=False):
    occurrence_date: str
    invoice_id: str
    invoice_number: str | None
    invoice_status: str
    error: ErrorInEvent


class _Skipped(TypedDict, total=False):
    first_skipped: str
    last_skipped: str
    dates_skipped: int
    reason: str


class RecurringInvoiceSummary(ChangedFields, _Occurred, _Skipped):
    """A recurring invoice in events."""

    id: str
    object: Literal["recurring_invoice"]
    version: int
    status: str
    pause_reason: str | None
    customer_id: str
    next_billing_date: str | None
    invoices_generated: int
    last_invoice_id: str | None
    last_occurrence_date: str | None
    created_at: str


def recurring_invoice_summary(
    schedule: "RecurringInvoice",
    *,
    changed: Sequence[str] = (),
    occurrence: "Occurrence | None" = None,
    invoice: "Invoice | None" = None,
    skip: "Skipped | None" = None,
    is_failure: bool = False,
) -> RecurringInvoiceSummary:
    """Summarize a schedule without what its invoices have in them.

    ``invoice`` is the one of ``occurrence`` that was made, ``skip`` are dates that were skipped; with ``is_failure``
    the error of the next date is told.
    """
    following, last = schedule.next_billing_date, schedule.last_occurrence_date
    return {
        "id": schedule.id,
        "object": "recurring_invoice",
        "version": schedule.version,
        "status": str(schedule.status),
        "pause_reason": schedule.pause_reason,
        "customer_id": schedule.customer_id,
        "next_billing_date": following.isoformat() if following else None,
        "invoices_generated": schedule.invoices_generated,
        "last_invoice_id": schedule.last_invoice_id,
        "last_occurrence_date": last.isoformat() if last else None,
        "created_at": instant_text(schedule.created_at),
        **changed_fields(changed),
        **_made(occurrence, invoice),
        **_skipped(skip),
        **_failure(schedule.last_error if is_failure else None),
    }


def _made(occurrence: "Occurrence | None", invoice: "Invoice | None") -> _Occurred:
    if occurrence is None or invoice is None:
        return {}
    return {
        "occurrence_date": occurrence.occurrence_date.isoformat(),
        "invoice_id": invoice.id,
        "invoice_number": invoice.number,
        "invoice_status": str(invoice.status),
    }


def _skipped(skip: "Skipped | None") -> _Skipped:
    if skip is None:
        return {}
    first, last = skip.first.isoformat(), skip.last.isoformat()
    return {"first_skipped": first, "last_skipped": last, "dates_skipped": skip.count, "reason": skip.reason}


def _failure(error: "GenerationError | None") -> _Occurred:
    if error is None:
        return {}
    return {
        "occurrence_date": error.occurrence_date.isoformat(),
        "error": {"code": error.code, "message": error.message},
    }


def _type(happened: str, meaning: str) -> "EventType[RecurringInvoice]":
    return EventType(f"recurring_invoice.{happened}", meaning, recurring_invoice_summary)


RECURRING_INVOICE_CREATED = _type("created", "A recurring invoice was created.")
RECURRING_INVOICE_UPDATED = _type("updated", "A recurring invoice was changed; `changed` names the fields.")
RECURRING_INVOICE_PAUSED = _type("paused", "A recurring invoice was paused; `pause_reason` says why.")
RECURRING_INVOICE_RESUMED = _type("resumed", "A recurring invoice was resumed.")
RECURRING_INVOICE_CANCELLED = _type("cancelled", "A recurring invoice was cancelled: no invoice is made any more.")
RECURRING_INVOICE_GENERATED = _type(
    "invoice_generated",
    "The invoice of `occurrence_date` was made: `invoice_id`; `invoice_status` says whether it is a draft.",
)
RECURRING_INVOICE_SKIPPED = _type(
    "skipped",
    "No invoice is made for `dates_skipped` dates, from `first_skipped` to `last_skipped`; `reason` says why: "
    "`paused`, `customer_archived`, `catch_up` for dates that were missed and are not made up for, `skipped` by hand.",
)
RECURRING_INVOICE_GENERATION_FAILED = _type(
    "generation_failed",
    "The invoice of `occurrence_date` could not be made; `error` says why, once for each reason. It is tried again, "
    "and later dates wait.",
)
RECURRING_INVOICE_COMPLETED = _type(
    "completed", "No date is left: the last invoice was made, or the end date or the number of invoices was reached."
)
