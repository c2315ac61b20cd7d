"""What invoices to come amount to, against the draft of each."""

from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

import pytest
from hypothesis import given, settings

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.lifecycle import dated
from invoicing.domain.recurring.coming_amounts import coming_amounts
from invoicing.domain.recurring.coming_totals import ComingAmount, amount_of, totals_by_currency
from invoicing.domain.recurring.drafting import coming, draft_of
from invoicing.domain.recurring.lifecycle import cancel, pause
from invoicing.domain.recurring.recurring_invoice import PlannedContent, RecurringInvoice, RecurringStatus
from tests.builders import Ids, a_customer, a_line, an_account
from tests.domain.recurring.any_schedule import BEGIN, schedules
from tests.domain.recurring.plans import LONG_AGO, a_content, a_started, at, day
from tests.examples import examples

BERLIN = an_account(time_zone="Europe/Berlin")
UNTIL = BEGIN + timedelta(days=200)


def amounts(
    schedule: RecurringInvoice, until: str = UNTIL.isoformat(), *, archived: bool = False, ids: Ids | None = None
) -> list[ComingAmount]:
    customer, new_id = a_customer(archived_at=LONG_AGO if archived else None), (ids or Ids()).new_id
    return list(coming_amounts(schedule, BERLIN, customer, until=day(until), new_id=new_id, now=LONG_AGO))


def one_by_one(schedule: RecurringInvoice) -> list[ComingAmount]:
    """The amounts of the drafts of all dates."""
    customer, new_id = a_customer(), Ids().new_id
    dates = takewhile(lambda each: each.issue_date <= UNTIL, coming(schedule, BERLIN, LONG_AGO))
    return [
        amount_of(dated(draft_of(schedule, each, BERLIN, customer, new_id=new_id, now=each.due_at), each.issue_date))
        for each in dates
    ]


@settings(max_examples=examples(60))
@given(schedules(BERLIN))
def test_amounts_are_those_of_the_drafts(schedule: RecurringInvoice) -> None:
    assert amounts(schedule) == one_by_one(schedule)


def test_content_is_drafted_once_for_each_share_however_many_dates_have_it() -> None:
    dearer = PlannedContent(day("2027-03-01"), a_content(lines=(a_line("1", "110"),)))
    schedule = a_started("daily", "2027-01-01", by=BERLIN, planned=(dearer,))
    ids = Ids()
    assert len(amounts(schedule, "2028-12-31", ids=ids)) == 731
    assert ids.new_id("item") == "item_000005", "an invoice and its lines have an identifier each"


def test_both_ends_of_a_period_that_is_cut_short_are_charged_by_the_day() -> None:
    schedule = a_started(
        "monthly",
        "2027-01-20",
        by=BERLIN,
        day=1,
        proration="first_and_last",
        end_date="2027-03-10",
        content=a_content(lines=(a_line("1", "310"),)),
    )
    assert [each.total for each in amounts(schedule)] == [120_00, 310_00, 100_00]


def test_an_invoice_counts_by_the_day_on_which_it_is_due() -> None:
    monthly = a_started("monthly", "2027-01-31", by=BERLIN, content=a_content(payment_terms="Net 30 EOM"))
    assert [str(each.due_date) for each in amounts(monthly, "2027-03-01")] == ["2027-03-02", "2027-03-30"]


@pytest.mark.parametrize("catch_up_dates", ["today", "occurrence"])
def test_what_is_late_is_due_after_the_day_on_which_it_is_made(catch_up_dates: str) -> None:
    late = a_started("monthly", "2027-01-01", by=BERLIN, catch_up_dates=catch_up_dates)
    new_id, now = Ids().new_id, at("2027-02-10T12:00Z")
    coming_ones = coming_amounts(
        late, BERLIN, a_customer(payment_terms="Net 7"), until=day("2027-03-01"), new_id=new_id, now=now
    )
    assert [str(each.due_date) for each in coming_ones] == ["2027-02-17", "2027-02-17", "2027-03-08"]


def test_nothing_is_to_come_of_one_that_is_paused_or_has_ended_or_whose_customer_is_archived() -> None:
    schedule = a_started("daily", "2027-01-01", by=BERLIN)
    ended = replace(schedule, status=RecurringStatus.COMPLETED, next_billing_date=None, next_at=None)
    assert amounts(schedule)
    for without in (pause(schedule, LONG_AGO), cancel(schedule, LONG_AGO), ended):
        assert amounts(without) == []
    assert amounts(schedule, archived=True) == []


def test_what_cannot_be_made_any_more_is_an_error() -> None:
    too_much = a_content(lines=(a_line("1", "9999999999999.99"), a_line("1", "9999999999999.99")))
    with pytest.raises(ValidationFailed):
        amounts(a_started("daily", "2027-01-01", by=BERLIN, content=too_much))


def test_currencies_are_never_added_up() -> None:
    three = amounts(a_started("daily", "2027-01-01", by=BERLIN), "2027-01-03")
    parts = [each._replace(currency=currency) for each, currency in zip(three, ("USD", "EUR", "USD"), strict=True)]
    assert [(currency, totals.count) for currency, totals in totals_by_currency(parts).items()] == [
        ("EUR", 1),
        ("USD", 2),
    ]
