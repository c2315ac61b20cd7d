"""Settings, schedules and time zones that change while invoices are open."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from tests.domain.reminders.office import LONG_AGO, MONDAY, Office, an_office, local, on, sent, sent_steps


def test_reminders_switched_on_leave_old_steps_alone() -> None:
    office = Office()
    noon = local("2027-03-10 12:00")
    dues = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 429, 2)]
    named = {date(2026, 12, 1): "old", date(2027, 3, 5): "recent", date(2027, 3, 10): "today"}
    for number, due in enumerate([*dues, *named]):
        office.issue(LONG_AGO, named.get(due, f"inv_{number}"), f"cust_{number}", due)
    office.put_settings(noon, **on(0, 7))
    office.advance(noon)
    assert office.mails == []
    assert office.outcomes(noon, "recent") == {0: "too_old"}
    assert office.coming(noon, "recent") == [(7, local("2027-03-12 09:00"))]
    assert office.outcomes(noon, "today") == {0: "too_old"}
    assert office.coming(noon, "today") == [(7, local("2027-03-17 09:00"))]
    assert (office.outcomes(noon, "old"), office.coming(noon, "old")) == ({0: "too_old", 7: "too_old"}, [])
    assert office.looks == 0
    assert all(bill.reminders.past == () for bill in office.invoices.values())


@pytest.mark.parametrize(("switched", "expected"), [("08:59:59.999", "sent"), ("09:00", "too_old")])
def test_a_step_at_the_instant_of_switching_on_is_past(switched: str, expected: str) -> None:
    office = Office()
    office.issue(LONG_AGO, "inv_1", "cust_1", MONDAY)
    office.put_settings(local(f"2027-03-01 {switched}"), **on(0))
    office.advance(local("2027-03-01 09:00"))
    assert office.outcomes(local("2027-03-01 09:00"), "inv_1") == {0: expected}


@pytest.mark.parametrize("who", ["account", "customer", "invoice"])
def test_switched_off_nothing_comes_and_switched_on_again_old_steps_are_left_alone(who: str) -> None:
    office = an_office(on(0, 7, 14, 21))
    office.advance(local("2027-03-02 00:00"))
    off, again = local("2027-03-02 10:00"), local("2027-03-16 10:00")

    def switch(now: datetime, *, enabled: bool) -> None:
        if who == "account":
            office.put_settings(now, **on(0, 7, 14, 21, enabled=enabled))
        elif who == "customer":
            office.override_customer(now, "cust_1", enabled=enabled)
        else:
            office.override_invoice(now, "inv_1", enabled=enabled)

    switch(off, enabled=False)
    assert office.next_at() is None
    office.advance(again)
    assert (office.coming(again, "inv_1"), office.outcomes(again, "inv_1")) == ([], {0: "sent"})
    switch(again, enabled=True)
    assert office.outcomes(again, "inv_1") == {0: "sent", 7: "too_old", 14: "too_old"}
    office.advance(local("2027-04-01 00:00"))
    assert sent_steps(office) == [0, 21]


def test_a_new_step_right_after_one_that_was_sent_is_superseded() -> None:
    office = an_office(on(7))
    office.advance(local("2027-03-08 12:00"))
    office.put_settings(local("2027-03-08 12:00"), **on(0, 8, 20))
    assert office.coming(local("2027-03-08 12:00"), "inv_1") == [(20, local("2027-03-21 09:00"))]
    office.advance(local("2027-04-01 12:00"))
    assert sent_steps(office) == [7, 20]
    outcomes = office.outcomes(local("2027-04-01 12:00"), "inv_1")
    assert outcomes == {0: "too_old", 7: "sent", 8: "superseded", 20: "sent"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((7,), (9,), [7, 9]),  # two days later
        ((7, 8), (7, 8, 30), [7, 8, 30]),  # it was to follow anyway
        ((7,), (8, 9), [7, 9]),
        ((7,), (7,), [7]),
    ],
)
def test_only_new_steps_right_after_one_that_was_sent_are_superseded(
    before: Sequence[int], after: Sequence[int], expected: list[int]
) -> None:
    office = an_office(on(*before))
    office.advance(local("2027-03-08 12:00"))
    office.put_settings(local("2027-03-08 12:00"), **on(*after))
    office.advance(local("2027-06-01 12:00"))
    assert sent_steps(office) == expected


def test_a_late_step_goes_out_although_a_new_one_of_the_same_day_is_superseded() -> None:
    office = an_office(on(4, 5, send_at="22:00"))
    office.tick(local("2027-03-06 00:30"))  # Saturday, still in Friday's hours of sending
    working_days = ["mon", "tue", "wed", "thu", "fri", "sun"]
    office.put_settings(local("2027-03-06 10:00"), **on(5, 6, send_at="22:00", weekdays=working_days))
    office.tick(local("2027-03-08 02:30"))  # both fell on Sunday
    assert office.coming(local("2027-03-08 02:30"), "inv_1") == [(5, local("2027-03-08 22:00"))]
    office.advance(local("2027-03-20 12:00"))
    assert sent(office) == [local("2027-03-06 00:30"), local("2027-03-08 22:00")]
    outcomes = office.outcomes(local("2027-03-20 12:00"), "inv_1")
    assert outcomes == {4: "sent", 5: "sent", 6: "superseded"}
    assert [past.offset for past in office.invoices["inv_1"].reminders.past] == [4, 5, 6]


def test_an_earlier_hour_after_the_step_went_out_repeats_nothing() -> None:
    office = an_office(on(0, 7))
    office.advance(local("2027-03-01 12:00"))
    office.put_settings(local("2027-03-01 12:00"), **on(0, 7, send_at="18:00"))
    office.advance(local("2027-03-07 12:00"))
    assert sent_steps(office) == [0]
    office.advance(local("2027-03-08 23:00"))
    assert sent(office)[1:] == [local("2027-03-08 18:00")]


@pytest.mark.parametrize(
    ("before", "after"), [("America/Los_Angeles", "Asia/Tokyo"), ("Asia/Tokyo", "America/Los_Angeles")]
)
def test_a_change_of_the_time_zone_repeats_nothing_and_moves_what_comes(before: str, after: str) -> None:
    office = an_office(on(0, 2, 3), time_zone=before)
    changed = local("2027-03-01 09:30", before)
    office.advance(changed)
    office.move(changed, after)
    office.advance(local("2027-05-01 00:00"))
    expected = [local("2027-03-01 09:00", before), local("2027-03-03 09:00", after), local("2027-03-04 09:00", after)]
    assert (sent(office), sent_steps(office)) == (expected, [0, 2, 3])


def test_a_step_that_a_change_of_the_time_zone_makes_late_goes_out_in_the_next_hours_of_sending() -> None:
    office = an_office(on(0), due=date(2027, 3, 31), time_zone="America/Los_Angeles")
    changed = local("2027-03-31 08:00", "America/Los_Angeles")  # midnight in Tokyo
    office.advance(changed)
    office.move(changed, "Asia/Tokyo")
    office.advance(local("2027-05-01 00:00"))
    assert sent(office) == [local("2027-04-01 09:00", "Asia/Tokyo")]


def test_an_entry_of_the_old_time_zone_is_put_back() -> None:
    office = an_office(on(0), time_zone="Asia/Tokyo")
    early = office.invoices["inv_1"].reminders.next_at
    assert early == local("2027-03-01 09:00", "Asia/Tokyo")
    office.time_zone = "America/Los_Angeles"  # nobody has told the invoice yet
    office.advance(early)
    assert office.mails == []
    assert office.invoices["inv_1"].reminders.next_at == local("2027-03-01 09:00", "America/Los_Angeles")
