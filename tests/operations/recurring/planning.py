"""Requests about schedules, as the HTTP side makes them."""

from datetime import time
from typing import Any

from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.recurring.rule import Rule
from invoicing.operations.recurring._starting import NewSchedule
from invoicing.operations.recurring.create_recurring_invoice import create_recurring_invoice
from tests.builders import PAGE_URL
from tests.domain.recurring.plans import RULE, a_content, day
from tests.office import Office


def a_new_schedule(frequency: str = "monthly", start: str = "2027-01-31", **overrides: Any) -> NewSchedule:
    """What a client asks for when it names only a frequency and a start."""
    rule = {name: overrides.pop(name) for name in RULE & set(overrides)}
    if "end_date" in overrides:
        overrides["end_date"] = day(overrides["end_date"])
    usual: dict[str, Any] = {
        "end_date": None,
        "max_occurrences": None,
        "send_at": time(9),
        "business_days": "none",
        "on_generate": "send",
        "catch_up": None,
        "catch_up_dates": "today",
    }
    return NewSchedule(rule=Rule(frequency=frequency, **rule), start_date=day(start), **usual | overrides)  # type: ignore[arg-type]


def create(
    office: Office,
    frequency: str = "monthly",
    start: str = "2027-01-31",
    *,
    content: NewInvoice | None = None,
    **overrides: Any,
) -> RecurringInvoice:
    new = a_new_schedule(frequency, start, **overrides)
    return office.run_use_case(
        lambda uow: create_recurring_invoice(uow, new, content or a_content(), page_url=PAGE_URL)
    )
