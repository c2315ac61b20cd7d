"""Setting reminders: open invoices follow in the background, and nothing goes out twice."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from invoicing.domain.errors import PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.reminders.reminder_change import ReminderChange
from invoicing.domain.reminders.settings import ReminderSettings, ScheduleEntry
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.account.update_account import update_account
from invoicing.operations.reminders.replace_reminders import replace_reminders
from tests.books import pay
from tests.builders import PAGE_URL
from tests.fakes import Crash
from tests.office import Office
from tests.operations.reminders.reminding import Business, schedule


def next_at(business: Business) -> set[str]:
    """The civil times that invoices wait for."""
    found = [each.next_at for each in business.store.all(InvoiceReminders)]
    return {f"{business.civil(at):%m-%d %H:%M}" if at else "never" for at in found}


def test_every_open_invoice_follows_and_no_other() -> None:
    business = Business()
    invoices = [business.issue("2027-03-01") for _ in range(60)]
    pay(business.office, business.invoice(invoices[0]), "100")
    assert business.invoice(invoices[0]).status is Status.PAID
    business.put(7)
    assert {each.id for each in business.store.all(InvoiceReminders)} == set(invoices[1:])
    assert next_at(business) == {"03-08 09:00"}
    business.put(14, send_at=time(10, 30))
    assert next_at(business) == {"03-15 10:30"}


def test_every_open_invoice_of_a_customer_follows_its_override() -> None:
    business = Business()
    business.put(7)
    invoices = [business.issue("2027-03-01") for _ in range(60)]
    pay(business.office, business.invoice(invoices[0]), "100")
    business.override_customer(schedule=schedule(14))
    business.tick()
    found = {each.id: each.next_at for each in business.store.all(InvoiceReminders)}
    assert {found[each] for each in invoices[1:]} == {business.local("2027-03-15 09:00")}


def test_what_a_request_with_the_old_settings_wrote_late_follows_too() -> None:
    business = Business()
    business.put(7)
    late = business.issue("2027-03-01")
    business.put(14)
    (waiting,) = business.store.all(InvoiceReminders)
    business.store.keep(replace(waiting, next_at=business.local("2027-03-08 09:00")))
    assert business.tick() == [], "the last walk waits until no such request is under way"
    business.office.now += timedelta(minutes=1)
    business.tick()
    assert next_at(business) == {"03-15 09:00"}
    assert business.store.all(ReminderChange) == []
    assert business.outcomes(late) == {}


def test_a_walk_that_dies_goes_on_where_it_was() -> None:
    business = Business()
    invoices = [business.issue(str(date(2027, 3, 1) + timedelta(days=number % 7))) for number in range(60)]
    business.put_without_tick(7)
    has_died = business.die_after(1)
    with suppress(Crash):
        business.tick()
    assert has_died()
    assert 0 < len(business.store.all(InvoiceReminders)) < len(invoices)
    business.tick()
    assert len(business.store.all(InvoiceReminders)) == len(invoices)


def test_other_settings_while_a_walk_is_under_way_begin_it_anew() -> None:
    business = Business()
    for _ in range(60):
        business.issue("2027-03-01")
    other = Office(business.store, now=business.office.now, ids=business.office.ids)
    later = ReminderSettings(enabled=True, schedule=schedule(21))
    business.put_without_tick(7)
    business.store.before_next_commit(
        lambda: other.run_use_case(lambda uow: replace_reminders(uow, later, page_url=PAGE_URL))
    )
    business.tick()
    business.tick()
    assert next_at(business) == {"03-22 09:00"}


def test_wording_and_mode_move_no_step_and_start_no_walk() -> None:
    business = Business()
    business.put(7)
    business.office.now += timedelta(minutes=1)
    business.tick()
    worded = ReminderSettings(
        enabled=True, mode="per_customer", schedule=(ScheduleEntry(offset_days=7, subject="Please pay"),)
    )
    own = business.office.run_use_case(lambda uow: replace_reminders(uow, worded, page_url=PAGE_URL))
    assert own.settings.since == business.office.now - timedelta(minutes=1)
    assert business.store.all(ReminderChange) == []
    business.issue("2027-03-01")
    business.advance("2027-03-08 10:00")
    assert [mail.subject for mail in business.mails] == ["Please pay"]


def test_switched_off_nothing_comes_and_nothing_waits() -> None:
    business = Business()
    business.put(0, 7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-02 12:00")
    business.put(0, 7, enabled=False)
    assert next_at(business) == {"never"}
    business.advance("2027-03-10 12:00")
    business.put(0, 7, 14)
    business.advance("2027-03-31 12:00")
    assert business.mailed() == [("03-01 09:00", [0]), ("03-15 09:00", [14])]
    assert business.outcomes(invoice) == {0: "sent", 14: "sent"}


def test_switched_off_while_an_email_was_gathered_it_is_not_made() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-08 08:59")
    business.at("2027-03-08 09:00")
    business.tick()
    business.put(7, enabled=False)
    business.advance("2027-03-31 12:00")
    assert (business.mails, business.outcomes(invoice)) == ([], {7: "disabled"})


def test_a_step_that_is_added_right_after_one_that_went_out_is_not_sent() -> None:
    business = Business()
    business.put(0, 7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-08 12:00")
    business.put(0, 8, 20)
    business.advance("2027-03-31 12:00")
    assert business.outcomes(invoice) == {0: "sent", 7: "sent", 8: "superseded", 20: "sent"}
    assert business.mailed()[-1] == ("03-21 09:00", [20])


def test_in_another_time_zone_steps_come_at_its_hour_and_none_comes_twice() -> None:
    business = Business("America/Los_Angeles")
    business.put(0, 7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-01 12:00")
    business.office.run_use_case(lambda uow: update_account(uow, {"time_zone": "Asia/Tokyo"}))
    business.time_zone = "Asia/Tokyo"
    business.advance("2027-03-31 12:00")
    assert business.mailed()[-1] == ("03-08 09:00", [7])
    assert business.outcomes(invoice) == {0: "sent", 7: "sent"}


def test_an_impossible_schedule_is_refused_and_names_the_field() -> None:
    with pytest.raises(ValidationFailed) as refused:
        Business().put({"every_days": 1})
    assert [(each.field, each.code) for each in refused.value.details] == [("schedule[0].times", "FIELD_REQUIRED")]


def test_of_two_editors_one_has_to_read_again() -> None:
    business = Business()
    business.put(7)
    settings = ReminderSettings()
    with pytest.raises(PreconditionFailed):
        business.office.run_use_case(lambda uow: replace_reminders(uow, settings, page_url=PAGE_URL, if_version=0))
