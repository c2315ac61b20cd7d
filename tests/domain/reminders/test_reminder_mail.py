"""The invoice that words a reminder."""

from datetime import date

import pytest

from invoicing.domain.reminders.reminder_mail import ReminderMail
from tests.builders import ACCOUNT, NOW


@pytest.mark.parametrize(
    ("offsets", "lead"),
    [([7], "inv_1"), ([7, 0], "inv_1"), ([None, 7, 0], "inv_2"), ([None, None, 0], "inv_3"), ([None, None], "inv_1")],
)
def test_it_is_the_first_due_with_a_step_that_day_and_by_hand_the_first_due(
    offsets: list[int | None], lead: str
) -> None:
    invoices = tuple((f"inv_{index}", offset) for index, offset in enumerate(offsets, 1))
    mail = ReminderMail(
        account=ACCOUNT, id="rem_1", customer_id="cust_1", day=date(2027, 3, 1), invoices=invoices, created_at=NOW
    )
    assert mail.lead == lead
