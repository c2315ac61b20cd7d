"""Reading the settings of reminders."""

from datetime import time

from invoicing.operations.reminders.get_reminders import get_reminders
from tests.operations.reminders.reminding import Business


def test_a_new_account_has_none_switched_on() -> None:
    own = get_reminders(Business().office.uow())
    settings = own.settings
    assert (own.version, settings.enabled, settings.send_at, settings.schedule) == (0, False, time(9), ())
    assert (settings.mode, settings.weekdays) == ("per_invoice", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


def test_they_are_as_they_were_set() -> None:
    business = Business()
    business.put(7, mode="per_customer")
    own = get_reminders(business.office.uow())
    assert (own.version, own.settings.enabled, own.settings.mode) == (1, True, "per_customer")
