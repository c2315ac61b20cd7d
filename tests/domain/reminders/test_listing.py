"""The steps as a client sees them: past ones with what became of them, coming ones with their time."""

from dataclasses import replace
from datetime import date

import pytest

from invoicing.domain.reminders.state import PastStep, Reason
from tests.domain.reminders.office import LONG_AGO, Office, an_office, local, on


def test_past_and_coming_steps_are_in_order_of_time() -> None:
    office = an_office({"enabled": True, "schedule": [*on(7, 0, -3)["schedule"], {"every_days": 14, "times": 1}]})
    now = local("2027-03-02 00:00")
    office.advance(now)
    assert office.past(now, "inv_1") == [
        PastStep(
            offset=offset,
            at=local(f"{day} 09:00"),
            decided_at=local(f"{day} 09:00"),
            sent_at=local(f"{day} 09:00"),
            delivery_ids=("dlv_1",),
        )
        for offset, day in ((-3, "2027-02-26"), (0, "2027-03-01"))
    ]
    assert office.coming(now, "inv_1") == [(7, local("2027-03-08 09:00")), (21, local("2027-03-22 09:00"))]


def test_a_step_is_never_listed_twice_nor_lost() -> None:
    office = an_office(on(*range(-3, 20, 2), weekdays=["mon", "wed", "fri"]))
    office.override_invoice(LONG_AGO, "inv_1", mute_until=date(2027, 3, 3))
    for day in range(1, 25):
        now = local(f"2027-03-{day:02} 09:00")
        office.tick(now)
        past, coming = office.outcomes(now, "inv_1"), [offset for offset, _ in office.coming(now, "inv_1")]
        assert len(past) == len(office.past(now, "inv_1"))
        assert not past.keys() & set(coming)
    assert past.keys() == set(range(-3, 20, 2))


def test_what_has_come_is_listed_before_anybody_looks() -> None:
    office = an_office(on(0, 7, 14))
    now = local("2027-03-08 09:02")
    assert office.outcomes(now, "inv_1") == {0: "too_old"}
    assert office.coming(now, "inv_1") == [(7, local("2027-03-08 09:00")), (14, local("2027-03-15 09:00"))]


def test_a_late_step_comes_in_the_next_hours_of_sending() -> None:
    office = an_office(on(0, 7, 14))
    now = local("2027-03-08 23:30")
    assert office.outcomes(now, "inv_1") == {0: "too_old"}
    assert office.coming(now, "inv_1") == [(7, local("2027-03-09 09:00")), (14, local("2027-03-15 09:00"))]


def test_a_late_step_that_gives_way_to_the_next_does_not_come() -> None:
    office = an_office(on(7, 8))
    assert office.coming(local("2027-03-08 23:30"), "inv_1") == [(8, local("2027-03-09 09:00"))]


def test_a_gathered_step_still_comes() -> None:
    office = an_office(on(0, 7))
    now = local("2027-03-01 09:00")
    office.look(now, "inv_1")
    assert office.outcomes(now, "inv_1") == {}
    assert office.coming(now, "inv_1") == [(0, now), (7, local("2027-03-08 09:00"))]
    office.send(now, "cust_1")
    assert office.outcomes(now, "inv_1") == {0: "sent"}
    assert office.coming(now, "inv_1") == [(7, local("2027-03-08 09:00"))]


@pytest.mark.parametrize("by_hand", [False, True])
def test_steps_of_a_day_on_which_nothing_more_is_sent_do_not_come(*, by_hand: bool) -> None:
    office = an_office(on(0, 7))
    morning = local("2027-03-01 07:00")
    if by_hand:
        office.remind_by_hand(morning, "cust_1")
    else:
        office.mail(morning, "inv_1")
    assert office.coming(morning, "inv_1") == [(7, local("2027-03-08 09:00"))]
    yesterday = local("2027-02-28 07:00")
    assert office.coming(yesterday, "inv_1")[0] == (0, local("2027-03-01 09:00"))


def test_of_steps_that_meet_the_latest_comes() -> None:
    office = an_office(on(0, 1, 2, 3, weekdays=["mon", "thu"]))
    monday, thursday = local("2027-03-01 09:00"), local("2027-03-04 09:00")
    assert office.coming(LONG_AGO, "inv_1") == [(0, monday), (3, thursday)]


@pytest.mark.parametrize("reason", ["paid", "cancelled"])
def test_nothing_comes_of_a_closed_invoice_and_what_passes_is_listed(reason: str) -> None:
    office = an_office(on(0, 7, 14))
    office.close(local("2027-03-02 09:00"), "inv_1", reason)
    later = local("2027-03-10 09:00")
    office.tick(local("2027-03-01 09:00"))
    assert office.coming(later, "inv_1") == []
    assert office.outcomes(later, "inv_1") == {0: reason, 7: reason}


def test_without_a_schedule_there_is_nothing_to_list() -> None:
    office = Office()
    office.issue(LONG_AGO, "inv_1", "cust_1", date(2027, 3, 1))
    now = local("2027-03-10 09:00")
    assert (office.past(now, "inv_1"), office.coming(now, "inv_1"), office.next_at()) == ([], [], None)
    office.put_settings(LONG_AGO, enabled=True)
    assert (office.past(now, "inv_1"), office.coming(now, "inv_1"), office.next_at()) == ([], [], None)


def test_what_was_sent_stays_listed_when_the_schedule_no_longer_has_it() -> None:
    office = an_office(on(0, 7))
    office.advance(local("2027-03-02 09:00"))
    office.put_settings(local("2027-03-02 09:00"), **on(30))
    assert office.outcomes(local("2027-03-20 09:00"), "inv_1") == {0: "sent"}


def test_a_step_has_the_status_that_the_api_names() -> None:
    at = local("2027-03-01 09:00")
    gathered = PastStep(offset=0, at=at, decided_at=at)
    sent, skipped = replace(gathered, sent_at=at), replace(gathered, reason=Reason.PAID)
    assert [step.status for step in (gathered, sent, skipped)] == ["gathered", "sent", "skipped"]
