"""What the preview of a reminder shows."""

from datetime import date

import pytest

from invoicing.domain.errors import NotFound, ValidationFailed
from invoicing.operations.reminders.preview_reminder import ReminderPreview, preview_reminder
from tests.operations.reminders.reminding import Business


def show(business: Business, invoice: str, step: int | None = None) -> ReminderPreview:
    return preview_reminder(business.office.uow(), invoice, step)


def test_a_step_is_shown_on_the_day_on_which_it_is_sent_with_its_wording() -> None:
    business = Business()
    business.put(0, {"offset_days": 5, "subject": "Late"}, weekdays=("mon", "tue"))
    shown = show(business, business.issue("2027-03-01"), 5)
    assert (shown.on, shown.entry and shown.entry.subject) == (date(2027, 3, 8), "Late")


def test_without_a_step_it_is_one_by_hand_today() -> None:
    business = Business()
    shown = show(business, business.issue("2027-03-01"))
    assert (shown.on, shown.entry) == (date(2027, 1, 4), None)


def test_a_step_of_no_schedule_is_refused() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    with pytest.raises(ValidationFailed) as refused:
        show(business, invoice, 8)
    assert [(each.field, each.code) for each in refused.value.details] == [("step", "STEP_UNKNOWN")]


def test_of_an_invoice_that_does_not_exist_there_is_none() -> None:
    with pytest.raises(NotFound):
        show(Business(), "inv_none")
