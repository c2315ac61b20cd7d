"""What happens to the steps of an invoice: sent once, caught up with once, skipped for a reason, or never asked for."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from invoicing.domain.reminders.planning import next_look, plan
from invoicing.domain.reminders.state import MOST_PAST_STEPS, PastStep, Reason
from tests.domain.reminders.office import LONG_AGO, MONDAY, Office, an_office, local, on, sent, sent_steps


def test_each_step_goes_out_at_its_time_and_once() -> None:
    office = an_office({"enabled": True, "schedule": [{"offset_days": -3}, {"every_days": 3, "times": 2}]})
    office.advance(local("2027-12-01 00:00"))
    assert sent(office) == [local("2027-02-26 09:00"), local("2027-03-01 09:00"), local("2027-03-04 09:00")]
    assert sent_steps(office) == [-3, 0, 3]
    assert office.next_at() is None


def test_it_looks_at_an_invoice_only_when_a_step_comes() -> None:
    office = an_office(on(-3, 0, 7))
    office.advance(local("2028-03-01 00:00"))
    assert office.looks == 3


def test_many_ticks_in_any_order_send_a_step_once() -> None:
    office = an_office(on(0))
    ticks = [local("2027-03-01 00:00") + count * timedelta(minutes=3) for count in range(480)]
    late = [Random(1).choice(ticks) for _ in range(50)]
    for tick in [*ticks, *late]:
        office.tick(tick)
    assert sent(office) == [local("2027-03-01 09:00")]
    assert office.looks == 1


def test_an_invoice_that_is_looked_at_again_and_again_is_reminded_of_once() -> None:
    office = an_office(on(0, 7))
    for _ in range(50):
        office.look(local("2027-03-01 09:00"), "inv_1")
        office.send(local("2027-03-01 09:00"), "cust_1")
    assert sent_steps(office) == [0]
    assert office.invoices["inv_1"].reminders.next_at == local("2027-03-08 09:00")


def test_a_look_too_early_decides_nothing() -> None:
    office = an_office(on(0))
    made = plan(office.situation("inv_1"), local("2027-03-01 08:59:59.999"))
    assert (made.skipped, made.due, made.next_at) == ((), None, local("2027-03-01 09:00"))


def test_after_an_outage_the_latest_step_goes_out_at_once_and_the_earlier_ones_are_too_old() -> None:
    office = an_office(on(0, 7, 14, 21))
    office.tick(local("2027-03-16 10:00"))
    assert (sent(office), sent_steps(office)) == ([local("2027-03-16 10:00")], [14])
    assert office.outcomes(local("2027-03-16 10:00"), "inv_1") == {0: "too_old", 7: "too_old", 14: "sent"}
    office.advance(local("2027-04-01 00:00"))
    assert sent(office)[1:] == [local("2027-03-22 09:00")]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("2027-03-08 13:00", "2027-03-08 13:00"),
        ("2027-03-08 13:00:01", "2027-03-09 09:00"),
        ("2027-03-08 23:30", "2027-03-09 09:00"),
        ("2027-03-09 08:59", "2027-03-09 09:00"),
        ("2027-03-12 13:01", "2027-03-15 09:00"),
        ("2027-03-13 10:00", "2027-03-15 09:00"),
    ],
)
def test_nothing_goes_out_at_night_or_on_a_day_off(back: str, expected: str) -> None:
    office = an_office(on(7, 60, weekdays=["mon", "tue", "wed", "thu", "fri"]))
    office.tick(local(back))
    office.advance(local("2027-03-20 00:00"))
    assert sent(office) == [local(expected)]
    assert office.looks == (1 if expected == back else 2)


def test_a_late_step_gives_way_to_one_that_comes_before_it_can_go_out() -> None:
    office = an_office(on(7, 8))
    office.tick(local("2027-03-08 23:30"))
    office.advance(local("2027-03-20 00:00"))
    assert (sent(office), sent_steps(office)) == ([local("2027-03-09 09:00")], [8])
    assert office.outcomes(local("2027-03-20 00:00"), "inv_1") == {7: "too_old", 8: "sent"}


def test_steps_before_the_issue_are_too_old() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(-3, 0, 7))
    issued = local("2027-03-10 14:00")
    office.issue(issued, "inv_1", "cust_1", date(2027, 3, 10))
    assert office.outcomes(issued, "inv_1") == {-3: "too_old", 0: "too_old"}
    assert office.coming(issued, "inv_1") == [(7, local("2027-03-17 09:00"))]


def test_nothing_goes_out_on_the_day_of_the_invoice_itself() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(0, 7, 14))
    office.issue(local("2027-03-10 08:00"), "inv_1", "cust_1", date(2027, 3, 10))
    office.advance(local("2027-03-17 08:00"))
    assert office.outcomes(local("2027-03-17 08:00"), "inv_1") == {0: "already_mailed"}
    office.mail(local("2027-03-17 08:30"), "inv_1")
    office.advance(local("2027-03-25 00:00"))
    outcomes = office.outcomes(local("2027-03-25 00:00"), "inv_1")
    assert outcomes == {0: "already_mailed", 7: "already_mailed", 14: "sent"}


def test_the_day_of_the_mail_is_that_of_the_account() -> None:
    office = Office("America/Los_Angeles")
    office.put_settings(LONG_AGO, **on(0, send_at="17:00"))
    office.issue(local("2027-03-09 23:30", "America/Los_Angeles"), "inv_1", "cust_1", date(2027, 3, 10))
    office.advance(local("2027-03-11 00:00", "America/Los_Angeles"))
    assert sent_steps(office) == [0]


def test_no_step_of_years_ago_is_made_up_for() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(-3, 0, 7))
    office.issue(local("2027-03-10 08:00"), "inv_1", "cust_1", date(2024, 2, 15))
    office.advance(local("2028-01-01 00:00"))
    assert office.mails == []
    assert office.looks == 0


def test_steps_that_meet_on_a_weekday_become_the_latest() -> None:
    office = an_office(on(0, 1, 2, weekdays=["mon", "tue", "wed", "thu", "fri"]), due=date(2027, 3, 6))
    assert office.coming(LONG_AGO, "inv_1") == [(2, local("2027-03-08 09:00"))]
    office.advance(local("2027-04-01 00:00"))
    assert (sent(office), sent_steps(office)) == ([local("2027-03-08 09:00")], [2])
    outcomes = office.outcomes(local("2027-04-01 00:00"), "inv_1")
    assert outcomes == {0: "superseded", 1: "superseded", 2: "sent"}


def test_a_step_before_the_due_date_moves_to_the_due_date() -> None:
    office = an_office(on(-1, weekdays=["mon", "tue", "wed", "thu", "fri"]), due=date(2027, 3, 8))
    office.advance(local("2027-04-01 00:00"))
    assert (sent(office), sent_steps(office)) == ([local("2027-03-08 09:00")], [-1])


def test_muted_steps_are_used_up_and_the_promised_day_is_the_customers() -> None:
    office = an_office({"enabled": True, "schedule": [*on(0, 7)["schedule"], {"every_days": 14, "times": 3}]})
    office.advance(local("2027-03-02 10:00"))
    office.override_invoice(local("2027-03-02 10:00"), "inv_1", mute_until=date(2027, 3, 22))
    expected = [(35, local("2027-04-05 09:00")), (49, local("2027-04-19 09:00"))]
    assert office.coming(local("2027-03-02 10:00"), "inv_1") == expected
    office.advance(local("2027-12-01 00:00"))
    assert sent_steps(office) == [0, 35, 49]
    outcomes = office.outcomes(local("2027-12-01 00:00"), "inv_1")
    assert outcomes == {0: "sent", 7: "muted", 21: "muted", 35: "sent", 49: "sent"}


def test_a_step_that_is_moved_beyond_the_muted_days_goes_out() -> None:
    office = an_office(on(0, 1, weekdays=["mon", "tue", "wed", "thu", "fri"]), due=date(2027, 3, 5))
    office.override_customer(LONG_AGO, "cust_1", mute_until=date(2027, 3, 7))
    office.advance(local("2027-04-01 00:00"))
    assert office.outcomes(local("2027-04-01 00:00"), "inv_1") == {0: "muted", 1: "sent"}


def test_a_paid_invoice_is_skipped_once_and_waits_for_nothing() -> None:
    office = an_office(on(0, 7, 14))
    office.close(local("2027-03-01 08:59:59.900"), "inv_1")
    office.advance(local("2027-03-01 09:00"))
    assert office.invoices["inv_1"].reminders.past == (
        PastStep(offset=0, at=local("2027-03-01 09:00"), decided_at=local("2027-03-01 09:00"), reason=Reason.PAID),
    )
    assert office.coming(local("2027-03-01 09:00"), "inv_1") == []
    assert office.next_at() is None


def test_steps_that_passed_while_it_was_paid_stay_skipped() -> None:
    office = an_office(on(0, 7, 14, 21), due=date(2026, 12, 1) + timedelta(days=100))
    due = local("2027-03-11 09:00")
    days = [due + timedelta(days=count) for count in range(40)]
    office.advance(days[4])
    office.close(days[4], "inv_1")
    office.advance(days[19])
    office.reopen(days[19], "inv_1")
    for _ in range(50):
        office.tick(days[19])
    expected = {0: "sent", 7: "paid", 14: "paid"}
    assert office.outcomes(days[19], "inv_1") == expected
    assert office.coming(days[19], "inv_1") == [(21, local("2027-04-01 09:00"))]
    office.advance(days[39])
    assert office.outcomes(days[39], "inv_1") == expected | {21: "sent"}


def test_paid_and_reopened_at_night_nothing_is_made_up_for_in_the_morning() -> None:
    office = an_office(on(0, 7))
    office.close(local("2027-02-28 10:00"), "inv_1")
    office.reopen(local("2027-03-01 23:00"), "inv_1")
    office.tick(local("2027-03-01 23:00"))
    assert office.next_at() == local("2027-03-08 09:00")
    office.advance(local("2027-03-20 00:00"))
    assert office.outcomes(local("2027-03-20 00:00"), "inv_1") == {0: "paid", 7: "sent"}


def test_a_cancelled_invoice_waits_for_nothing() -> None:
    office = an_office(on(0, 7, 14))
    office.close(local("2027-03-02 09:00"), "inv_1", "cancelled")
    office.advance(local("2028-01-01 00:00"))
    assert office.outcomes(local("2028-01-01 00:00"), "inv_1") == {0: "cancelled", 7: "cancelled", 14: "cancelled"}
    assert office.looks == 1


def test_a_step_of_an_invoice_that_was_switched_off_meanwhile_is_not_sent() -> None:
    office = an_office(on(0))
    office.look(local("2027-03-01 09:00"), "inv_1")
    office.override_invoice(local("2027-03-01 09:01"), "inv_1", enabled=False)
    office.tick(local("2027-03-01 09:05"))
    assert office.mails == []
    assert office.outcomes(local("2027-03-01 09:05"), "inv_1") == {0: "disabled"}


@pytest.mark.parametrize("reason", ["customer_archived", "no_email", "bounced", "suppressed"])
def test_who_cannot_be_reached_is_not_reminded_and_the_next_step_counts(reason: str) -> None:
    office = an_office(on(0, 7, 14))
    office.advance(local("2027-03-07 12:00"))
    office.reach(local("2027-03-07 12:00"), "cust_1", reason)
    office.advance(local("2027-03-10 12:00"))
    office.reach(local("2027-03-10 12:00"), "cust_1", None)
    office.advance(local("2027-04-01 12:00"))
    assert office.outcomes(local("2027-04-01 12:00"), "inv_1") == {0: "sent", 7: reason, 14: "sent"}


def test_an_invoice_that_was_never_mailed_is_reminded_of() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(0, 7))
    office.issue(local("2027-03-01 08:00"), "inv_1", "cust_1", MONDAY, mail=False)
    office.advance(local("2027-03-01 09:00"))
    assert sent_steps(office) == [0]
    office.override_invoice(local("2027-03-02 09:00"), "inv_1", enabled=False)
    office.advance(local("2027-04-01 12:00"))
    assert sent_steps(office) == [0]


def test_what_has_come_when_the_situation_changes_is_looked_at_at_once() -> None:
    office = an_office(on(0))
    now = local("2027-03-01 09:01")
    assert next_look(office.situation("inv_1"), now) == now
    assert next_look(office.situation("inv_1"), now + timedelta(hours=12)) == local("2027-03-02 09:00")
    assert next_look(replace(office.situation("inv_1"), closed=Reason.PAID), now) == now


def test_what_is_kept_of_an_invoice_stays_small() -> None:
    office = Office()
    office.issue(LONG_AGO, "inv_1", "cust_1", date(2027, 1, 4))
    for year in range(8):
        now = LONG_AGO + timedelta(days=60 * year)
        schedule = [{"offset_days": 60 * year + 1}, {"every_days": 2, "times": 26}]
        office.put_settings(now, enabled=True, schedule=schedule)
        office.advance(now + timedelta(days=59))
    assert len(office.mails) == 8 * 27
    past = office.invoices["inv_1"].reminders.past
    assert len(past) == MOST_PAST_STEPS
    assert past[-1].offset == 60 * 7 + 1 + 52
