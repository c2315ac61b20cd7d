"""Ageing by days overdue, as of any day."""

from datetime import date

import pytest

from invoicing.domain.ledger.ageing import Ageing, ageing_of
from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.domain.ledger.period_sums import PeriodSums
from tests.builders import ACCOUNT, NOW

MARCH_31 = date(2026, 3, 31)


def entry(day: date, due: date, amount: int, movement: Movement = Movement.INVOICE, credit: int = 0) -> LedgerEntry:
    """An entry that changes what is due by a date."""
    return LedgerEntry(
        account=ACCOUNT,
        id=f"ent_{day}",
        customer_id="cust_123",
        currency="EUR",
        date=day,
        movement=movement,
        amount=amount - credit,
        credit=credit,
        open_items=(OpenItemChange(due_date=due, amount=amount, count=0),) if amount else (),
        created_at=NOW,
    )


def aged(*entries: LedgerEntry, as_of: date) -> Ageing:
    credit = sum(each.credit for each in entries if each.date <= as_of)
    found = ageing_of((), entries, recorded_until="", as_of=as_of, credit=credit)
    assert found
    return found


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        (date(2026, 4, 1), 0), (date(2026, 3, 31), 0),
        (date(2026, 3, 30), 1), (date(2026, 3, 1), 1),
        (date(2026, 2, 28), 2), (date(2026, 1, 30), 2),
        (date(2026, 1, 29), 3), (date(2025, 12, 31), 3),
        (date(2025, 12, 30), 4), (date(1, 1, 1), 4),
    ],
)  # fmt: skip
def test_an_amount_is_in_the_bucket_of_its_days(due: date, bucket: int) -> None:
    found = aged(entry(date(2025, 12, 1), due, 100), as_of=MARCH_31)
    assert found.buckets == tuple(100 if each == bucket else 0 for each in range(5))


def test_unapplied_credit_is_apart_and_dated_by_what_made_it() -> None:
    january = date(2026, 1, 31)
    entries = (
        entry(date(2026, 1, 1), january, 100000),
        entry(date(2026, 3, 5), january, 0, Movement.CREDIT_NOTE, 20000),
        entry(date(2026, 4, 10), january, -20000, Movement.CREDIT_APPLIED, -20000),
    )
    figures = {day: aged(*entries, as_of=day) for day in (date(2026, 2, 28), MARCH_31, date(2026, 4, 30))}
    assert [(each.buckets, each.unapplied_credit) for each in figures.values()] == [
        ((0, 100000, 0, 0, 0), 0),
        ((0, 0, 100000, 0, 0), 20000),
        ((0, 0, 0, 80000, 0), 0),
    ]


def test_a_payment_before_its_invoice_is_credit_until_the_invoice_is_dated() -> None:
    due = date(2026, 6, 20)
    entries = entry(date(2026, 5, 10), due, -30000, Movement.PAYMENT), entry(date(2026, 5, 20), due, 100000)
    before, after = aged(*entries, as_of=date(2026, 5, 15)), aged(*entries, as_of=date(2026, 5, 20))
    assert (before.buckets, before.unapplied_credit) == ((0, 0, 0, 0, 0), 30000)
    assert (after.buckets, after.unapplied_credit) == ((70000, 0, 0, 0, 0), 0)


def test_merged_months_that_reach_over_a_boundary_tell_nothing() -> None:
    over = PeriodSums(date(2026, 3, 1), date(2026, 3, 31), (100, 1))
    within = PeriodSums(date(2026, 2, 1), date(2026, 2, 28), (100, 1))
    assert ageing_of((over,), (), recorded_until="", as_of=MARCH_31, credit=0) is None
    found = ageing_of((within,), (), recorded_until="", as_of=MARCH_31, credit=0)
    assert found
    assert found.buckets == (0, 0, 100, 0, 0)
