"""One reminder a day to a customer: what it names, for which invoice it is worded, and what keeps it back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from invoicing.domain.reminders.customer_reminder import (
    MOST_NAMED,
    CustomerReminder,
    compose,
    composed,
    gather,
    totals_due,
)
from invoicing.domain.reminders.state import Outcome, with_outcome
from invoicing.domain.reminders.steps import tense
from tests.domain.reminders.office import LONG_AGO, Office, an_office, local, on

DUE = {"A": date(2027, 3, 1), "B": date(2027, 3, 3), "C": date(2027, 3, 10)}
AMOUNTS = {"A": 10000, "B": 20000, "C": 30000}


def three_invoices(**settings: Any) -> Office:
    """A customer with invoices of 100.00, 200.00 and 300.00, all of them issued long ago."""
    office = Office()
    office.put_settings(LONG_AGO, **on(0, 7, **settings))
    for name, due in DUE.items():
        office.issue(LONG_AGO, name, "cust_1", due, amount_due=AMOUNTS[name])
    return office


def named(office: Office) -> list[tuple[str, str]]:
    """The day of each mail, and the invoices it names."""
    return [(mail.at.strftime("%m-%d"), "".join(sorted(mail.named))) for mail in office.mails]


def totals(office: Office, at: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """What is due, and what is open, of the invoices of the mail of an instant."""
    (mail,) = (mail for mail in office.mails if mail.at == at)
    invoices = [office.open_invoice(name) for name in mail.named]
    return totals_due(invoices, at.date()), totals_due(invoices)


def test_reminders_per_customer_name_all_that_is_open() -> None:
    office = three_invoices(mode="per_customer")
    office.advance(local("2027-06-01 00:00"))
    days = ["2027-03-01", "2027-03-03", "2027-03-08", "2027-03-10", "2027-03-17"]
    assert [mail.at for mail in office.mails] == [local(f"{day} 09:00") for day in days]
    assert {mail.named for mail in office.mails} == {frozenset("ABC")}
    found = [totals(office, local(f"{day} 09:00")) for day in days]
    assert [due["EUR"] for due, _ in found] == [10000, 30000, 30000, 60000, 60000]
    assert {is_open["EUR"] for _, is_open in found} == {60000}


def test_reminders_per_invoice_name_those_with_a_step_that_day() -> None:
    office = three_invoices()
    office.advance(local("2027-06-01 00:00"))
    assert named(office) == [("03-01", "A"), ("03-03", "B"), ("03-08", "A"), ("03-10", "BC"), ("03-17", "C")]
    both = office.mails[3]
    assert both.steps == {("B", 7), ("C", 0)}
    assert both.lead == "B"
    past = [step for name in "BC" for step in office.past(both.at, name) if step.at == both.at]
    assert len(past) == 2
    assert {(step.status, step.sent_at, step.delivery_ids) for step in past} == {("sent", both.at, ("dlv_1",))}


def test_twenty_invoices_of_one_day_are_one_mail() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(0, 7))
    for number in range(20):
        office.issue(LONG_AGO, f"inv_{number}", "cust_1", date(2027, 3, 1))
    office.advance(local("2027-06-01 00:00"))
    assert [(mail.at.strftime("%m-%d"), len(mail.steps)) for mail in office.mails] == [("03-01", 20), ("03-08", 20)]


def test_the_order_of_looks_changes_nothing() -> None:
    at = local("2027-03-10 09:00")
    mails = set()
    for order in permutations("ABC"):
        office = three_invoices()
        for name in order:
            office.look(at, name)
        office.send(at, "cust_1")
        mails.update(office.mails)
    (mail,) = mails
    assert mail.steps == {("A", 7), ("B", 7), ("C", 0)}


def test_each_customer_gets_its_own() -> None:
    office = three_invoices()
    office.issue(LONG_AGO, "D", "cust_2", DUE["A"])
    office.advance(local("2027-03-01 09:00"))
    found = {mail.customer: set(mail.steps) for mail in office.mails}
    assert found == {"cust_1": {("A", 0)}, "cust_2": {("D", 0)}}


def test_it_is_worded_for_the_most_overdue_of_those_that_still_stand() -> None:
    office = three_invoices()
    at = local("2027-03-10 09:00")
    for name in "ABC":
        office.look(at, name)
    office.close(at, "A")
    office.override_invoice(at, "B", mute_until=date(2027, 3, 10))
    office.send(at, "cust_1")
    (mail,) = office.mails
    assert (mail.lead, set(mail.named)) == ("C", {"C"})
    assert tense(DUE[mail.lead], at.date()) == "on"
    assert office.outcomes(at, "A")[7] == "paid"
    assert office.outcomes(at, "B")[7] == "muted"
    assert office.outcomes(at, "C")[0] == "sent"


def test_nothing_is_sent_when_nothing_stands_and_the_day_is_free() -> None:
    office = three_invoices()
    at = local("2027-03-01 09:00")
    office.look(at, "A")
    office.close(at, "A", "cancelled")
    office.send(at, "cust_1")
    assert office.mails == []
    assert office.outcomes(at, "A") == {0: "cancelled"}
    assert office.customers["cust_1"].reminder.reminded_at is None
    assert office.next_at() == local("2027-03-03 09:00")


@pytest.mark.parametrize(("mode", "expected"), [("per_customer", "ACEF"), ("per_invoice", "A")])
def test_who_is_muted_or_switched_off_is_not_named_beside_others(mode: str, expected: str) -> None:
    office = three_invoices(mode=mode)
    office.issue(LONG_AGO, "D", "cust_1", date(2027, 5, 1))
    office.issue(LONG_AGO, "E", "cust_1", date(2027, 5, 1))
    office.issue(local("2027-03-01 08:00"), "F", "cust_1", date(2027, 5, 1))  # mailed today, and open like others
    office.issue(LONG_AGO, "G", "cust_2", date(2027, 5, 1))
    office.override_invoice(LONG_AGO, "B", mute_until=date(2027, 3, 1))
    office.override_invoice(LONG_AGO, "D", enabled=False)
    office.override_invoice(LONG_AGO, "E", mute_until=date(2027, 2, 28))
    office.advance(local("2027-03-01 09:00"))
    assert named(office) == [("03-01", expected)]


def test_an_invoice_that_is_paid_is_no_longer_named() -> None:
    office = three_invoices(mode="per_customer")
    office.advance(local("2027-03-02 10:00"))
    office.close(local("2027-03-02 10:00"), "A")
    office.advance(local("2027-03-20 10:00"))
    assert named(office) == [("03-01", "ABC"), ("03-03", "BC"), ("03-10", "BC"), ("03-17", "BC")]


def test_amounts_add_up_by_currency_and_are_what_is_still_due() -> None:
    office = three_invoices(mode="per_customer")
    office.invoices["A"].amount_due = 100000 - 40000 - 5000
    office.invoices["C"].currency = "JPY"
    office.advance(local("2027-03-01 09:00"))
    due, is_open = totals(office, local("2027-03-01 09:00"))
    assert due == {"EUR": 55000}
    assert is_open == {"EUR": 75000, "JPY": 30000}


def test_a_part_paid_invoice_is_reminded_of_like_any_other() -> None:
    office = three_invoices()
    office.advance(local("2027-03-02 09:00"))
    office.invoices["A"].amount_due = 4000
    office.advance(local("2027-03-09 09:00"))
    assert office.outcomes(local("2027-03-09 09:00"), "A") == {0: "sent", 7: "sent"}


@pytest.mark.parametrize("clock", ["00:01", "08:30"])
def test_after_a_reminder_by_hand_the_steps_of_the_day_are_skipped(clock: str) -> None:
    office = three_invoices()
    office.advance(local("2027-03-07 00:00"))
    office.remind_by_hand(local(f"2027-03-08 {clock}"), "cust_1")
    office.advance(local("2027-03-20 00:00"))
    assert office.outcomes(local("2027-03-20 00:00"), "A") == {0: "sent", 7: "already_reminded"}
    assert office.outcomes(local("2027-03-20 00:00"), "B") == {0: "sent", 7: "sent"}


def test_a_reminder_by_hand_right_before_the_mail_takes_its_place() -> None:
    office = three_invoices()
    office.look(local("2027-03-01 09:00"), "A")
    office.remind_by_hand(local("2027-03-01 09:01"), "cust_1")
    office.send(local("2027-03-01 09:05"), "cust_1")
    assert office.mails == []
    assert office.outcomes(local("2027-03-01 09:05"), "A") == {0: "already_reminded"}


def test_an_invoice_that_is_mailed_at_once_does_not_wait_for_the_hour_of_sending() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(0, 7, send_at="10:00"))
    office.issue(local("2027-03-01 06:00"), "A", "cust_1", date(2027, 3, 1))
    assert office.invoices["A"].reminders.mailed_at == local("2027-03-01 06:00")
    office.advance(local("2027-03-08 09:59"))
    assert office.mails == []
    office.advance(local("2027-03-08 10:00"))
    assert [mail.at for mail in office.mails] == [local("2027-03-08 10:00")]


def test_one_a_day_holds_by_the_days_of_a_new_time_zone() -> None:
    office = Office("America/Los_Angeles")
    office.put_settings(LONG_AGO, **on(0))
    office.issue(LONG_AGO, "A", "cust_1", date(2027, 3, 1))
    office.issue(LONG_AGO, "B", "cust_1", date(2027, 3, 2))
    sent = local("2027-03-01 09:00", "America/Los_Angeles")  # 2 March in Tokyo
    office.advance(sent)
    office.move(sent, "Asia/Tokyo")
    office.advance(local("2027-04-01 00:00"))
    assert len(office.mails) == 1
    assert office.outcomes(local("2027-04-01 00:00"), "B") == {0: "already_reminded"}


def test_a_mail_that_was_held_up_goes_out_in_the_next_hours_of_sending_with_the_latest_step() -> None:
    office = Office()
    office.put_settings(LONG_AGO, **on(0, 1))
    office.issue(LONG_AGO, "A", "cust_1", date(2027, 3, 1))
    office.issue(LONG_AGO, "B", "cust_1", date(2027, 2, 28))
    for name in "AB":
        office.look(local("2027-03-01 09:00"), name)
    office.send(local("2027-03-01 20:00"), "cust_1")
    assert office.mails == []
    assert office.customers["cust_1"].reminder.due_at == local("2027-03-02 09:00")
    office.advance(local("2027-03-02 09:00"))
    (mail,) = office.mails
    assert (mail.at, mail.lead) == (local("2027-03-02 09:00"), "B")
    assert mail.steps == {("A", 1), ("B", 1)}
    assert office.outcomes(mail.at, "A") == {0: "too_old", 1: "sent"}
    assert office.outcomes(mail.at, "B") == {0: "too_old", 1: "sent"}


def test_a_reminder_takes_up_so_many_invoices_and_no_more() -> None:
    now = local("2027-03-01 09:00")
    full = CustomerReminder(account="acc_1", id="cust_1", version=1, steps={f"inv_{i}": 0 for i in range(MOST_NAMED)})
    assert gather(full, "one more", 0, now) is None
    later = gather(full, "inv_7", 7, now + timedelta(days=7))
    assert later
    assert (later.steps["inv_7"], len(later.steps), later.version) == (7, MOST_NAMED, 2)


def test_an_outcome_counts_before_the_invoice_is_told() -> None:
    office = an_office(on(0, 1))
    at, next_day = local("2027-03-01 09:00"), local("2027-03-02 09:00")
    office.tick(at)
    reminder = office.customers["cust_1"].reminder
    assert [past.status for past in office.invoices["inv_1"].reminders.past] == ["gathered"]
    assert reminder.outcomes == {"inv_1": Outcome(offset=0, sent_at=at, delivery_ids=("dlv_1",))}
    assert office.outcomes(at, "inv_1") == {0: "sent"}
    office.look(next_day, "inv_1")
    assert office.outcomes(next_day, "inv_1") == {0: "sent"}
    gathered = replace(reminder, steps={"inv_1": 1}, due_at=next_day)
    with pytest.raises(ValueError, match="not told"):
        composed(gathered, compose([office.open_invoice("inv_1")], "per_invoice", (), next_day), next_day)
    office.send(next_day, "cust_1")
    office.tell("cust_1")
    assert [past.status for past in office.invoices["inv_1"].reminders.past] == ["sent", "sent"]
    assert office.customers["cust_1"].reminder.outcomes == {}


def test_an_outcome_that_is_told_twice_changes_nothing() -> None:
    office = an_office(on(0))
    at = local("2027-03-01 09:00")
    office.tick(at)
    outcome = office.customers["cust_1"].reminder.outcomes["inv_1"]
    once = with_outcome(office.invoices["inv_1"].reminders, outcome)
    later = replace(outcome, sent_at=at + timedelta(days=1), delivery_ids=("dlv_2",))
    assert with_outcome(once, outcome) == with_outcome(once, later) == with_outcome(once, None) == once
    assert with_outcome(office.invoices["inv_1"].reminders, replace(outcome, offset=7)).past[0].status == "gathered"


def test_the_first_that_is_gathered_says_when_the_mail_is_made() -> None:
    now = local("2027-03-01 09:00")
    first = gather(CustomerReminder(account="acc_1", id="cust_1", version=1), "A", 0, now)
    assert first
    second = gather(first, "B", 0, now + timedelta(minutes=3))
    assert second
    assert (first.due_at, second.due_at) == (now, now)


def test_of_invoices_due_on_one_day_the_first_by_id_leads() -> None:
    office = three_invoices()
    for bill in office.invoices.values():
        bill.due_date = date(2027, 3, 1)
    both = [office.open_invoice(name) for name in "CB"]
    made = compose(both, "per_invoice", (), local("2027-03-10 09:00"))
    assert made.lead
    assert made.lead.id == "B"
    assert [each.id for each in made.named] == ["B", "C"]


def test_invoices_are_named_in_order_of_their_due_dates() -> None:
    office = three_invoices()
    office.invoices["C"].due_date = date(2027, 2, 20)
    invoices = [office.open_invoice(name) for name in "ABC"]
    made = compose(invoices[:1], "per_customer", invoices, local("2027-03-10 09:00"))
    assert made.lead
    assert (made.lead.id, [each.id for each in made.named]) == ("A", ["C", "A", "B"])
