"""Entries, credit, balances and statements."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.ledger.carried_balance import CarriedBalance, carried_forward
from invoicing.domain.ledger.entry import (
    Credit,
    LedgerEntry,
    Movement,
    OpenItemChange,
    changed_by,
    credit_id,
    uses_of_credit,
)
from invoicing.domain.ledger.open_items import open_item_change
from invoicing.domain.ledger.statement import balances, statement_of
from tests.builders import ACCOUNT, NOW, an_issued_invoice

NOTHING = CarriedBalance(account=ACCOUNT, id="cust_123")
FIRST = date(2026, 1, 1)
TODAY = date(2026, 11, 22)


def an_entry(number: int, day: int, amount: int, credit: int = 0) -> LedgerEntry:
    return LedgerEntry(
        account=ACCOUNT,
        id=f"ent_{number:04}",
        customer_id="cust_123",
        currency="USD",
        date=FIRST + timedelta(days=day),
        movement=Movement.PAYMENT,
        amount=amount,
        credit=credit,
        created_at=NOW + timedelta(seconds=number),
    )


ENTRIES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(-(10**15), 10**15), st.integers(-(10**12), 10**12)), max_size=30
).map(lambda parts: [an_entry(number, *part) for number, part in enumerate(parts)])
DAYS = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(sorted)


def test_uses_of_credit_are_named_the_last_first_until_they_explain_it() -> None:
    def used(number: int, credit: int, movement: Movement = Movement.CREDIT_APPLIED) -> LedgerEntry:
        entry = an_entry(number, number, 0, credit)
        return replace(entry, movement=movement, payment_id=f"pay_{number}", document=f"INV-{number}")

    came_back = replace(used(2, 70), document=None)
    latest = [
        used(5, -30, Movement.REFUND),
        came_back,
        used(4, 20, Movement.PAYMENT),
        *(used(n, -70) for n in (3, 2, 1)),
    ]
    fifth, third, first = "refund of payment pay_5", "payment pay_3 of invoice INV-3", "payment pay_1 of invoice INV-1"
    assert uses_of_credit(latest, 30, "pay_0") == (fifth,)
    assert uses_of_credit(latest, 31, "pay_0") == (fifth, third)
    assert uses_of_credit(latest, 500, "pay_0") == (fifth, third, first)
    assert uses_of_credit(latest, 500, "pay_3") == (fifth, first)
    assert len(uses_of_credit([used(n, -1) for n in range(9)], 500, "pay_0")) == 3
    assert uses_of_credit([], 500, "pay_0") == ()


@given(ENTRIES, DAYS, st.randoms())
def test_a_statement_adds_up(entries: list[LedgerEntry], days: list[int], order: Random) -> None:
    start, end = (FIRST + timedelta(days=day) for day in days)
    order.shuffle(entries)
    made = statement_of(customer_id="cust_123", currency="USD", start=start, end=end, carried=NOTHING, entries=entries)
    within = [entry for entry in entries if start <= entry.date <= end]
    assert made.opening_balance == sum(entry.amount for entry in entries if entry.date < start)
    assert made.closing_balance == made.opening_balance + sum(entry.amount for entry in within)
    assert made.closing_balance == made.opening_balance + made.charged - made.settled
    assert min(made.charged, made.settled) >= 0
    assert made.closing_credit == sum(entry.credit for entry in entries if entry.date <= end)
    assert {line.entry.id for line in made.lines} == {entry.id for entry in within}


@given(ENTRIES, st.randoms())
def test_movements_are_in_order_of_their_days_and_of_creation_within_one(
    entries: list[LedgerEntry],
    order: Random,
) -> None:
    order.shuffle(entries)
    made = statement_of(
        customer_id="cust_123",
        currency="USD",
        start=FIRST,
        end=FIRST + timedelta(days=30),
        carried=NOTHING,
        entries=entries,
    )
    for before, after in pairwise(made.lines):
        assert (before.entry.date, before.entry.created_at) < (after.entry.date, after.entry.created_at)
        assert after.balance == before.balance + after.entry.amount
    assert not made.lines or made.lines[0].balance == made.lines[0].entry.amount


@given(ENTRIES, st.integers(0, 20))
def test_one_statement_begins_where_the_other_ends(entries: list[LedgerEntry], day: int) -> None:
    middle = FIRST + timedelta(days=day)
    last = FIRST + timedelta(days=30)
    first = statement_of(
        customer_id="cust_123", currency="USD", start=FIRST, end=middle, carried=NOTHING, entries=entries
    )
    second = statement_of(
        customer_id="cust_123",
        currency="USD",
        start=middle + timedelta(days=1),
        end=last,
        carried=NOTHING,
        entries=entries,
    )
    assert first.closing_balance == second.opening_balance
    assert len(first.lines) + len(second.lines) == len(entries)


def a_credit(amount: int, currency: str = "USD") -> Credit:
    return Credit(account=ACCOUNT, customer_id="cust_123", currency=currency, version=3, amount=amount)


def test_credit_is_added_to_and_used_up_but_never_below_nothing() -> None:
    after = changed_by(a_credit(500), -500)
    assert (after.amount, after.version) == (0, 4)
    assert changed_by(after, 20) == replace(after, amount=20, version=5)
    with pytest.raises(ValidationFailed, match=r"at most the customer's credit, 5.00 USD") as refused:
        changed_by(a_credit(500), -501)
    assert (refused.value.code, refused.value.details[0].field) == ("AMOUNT_EXCEEDS_CREDIT", "amount")


def test_credit_is_found_by_customer_and_currency() -> None:
    assert a_credit(1).id == credit_id("cust_123", "USD") == "cust_123 USD"


def owed(number: int, currency: str, due: date, amount: int, credit: int = 0, *, on: date = TODAY) -> LedgerEntry:
    """An invoice, of which ``credit`` is a payment in advance."""
    change = OpenItemChange(due_date=due, amount=amount, count=1)
    entry = replace(an_entry(number, 0, amount - credit, credit), currency=currency, date=on)
    return replace(entry, open_items=(change,) if amount else ())


def test_a_balance_is_what_is_due_less_the_credit_in_each_currency() -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    booked = [
        owed(1, "USD", TODAY, 100),
        owed(2, "USD", yesterday, 30, 200),
        owed(3, "JPY", yesterday, 7),
        owed(4, "EUR", TODAY, 0, 5),
        owed(5, "JPY", tomorrow, 11, on=tomorrow),
        owed(6, "GBP", TODAY, 1),
        replace(owed(7, "GBP", TODAY, -1), open_items=(OpenItemChange(due_date=TODAY, amount=-1, count=-1),)),
    ]
    for until in range(8):
        carried = carried_forward(NOTHING, booked[:until])
        euro, yen, dollar = balances(carried, booked[until:], "USD", TODAY)
        assert (dollar.amount_due, dollar.overdue, dollar.credit, dollar.balance, dollar.open_invoices) == (
            130, 30, 200, -70, 2,
        )  # fmt: skip
        assert (yen.currency, yen.amount_due, yen.overdue, yen.credit, yen.open_invoices) == ("JPY", 18, 7, 0, 2)
        assert (yen.post_dated, yen.balance) == (11, 7)
        assert (euro.currency, euro.balance, euro.open_invoices) == ("EUR", -5, 0)


def test_there_is_a_balance_where_nothing_is_due() -> None:
    (balance,) = balances(NOTHING, [], "EUR", TODAY)
    assert (balance.currency, balance.amount_due, balance.credit, balance.open_invoices) == ("EUR", 0, 0, 0)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(0, 100, (100, 1)), (100, 40, (-60, 0)), (40, 0, (-40, -1)), (0, 0, None), (40, 40, None)],
)
def test_an_open_item_is_opened_changed_and_closed(before: int, after: int, change: tuple[int, int] | None) -> None:
    found = open_item_change(an_issued_invoice(due_date=TODAY), before, after, TODAY)
    assert [(each.due_date, each.amount, each.count) for each in found] == ([(TODAY, *change)] if change else [])
