"""Automatic late fees of an account with a test clock: charged by advancing it, at the clock's time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from invoicing.domain.invoices.invoice import Invoice
from tests.builders import a_customer, a_line, a_new_invoice, an_account, an_issued_invoice
from tests.fakes import FakeStore
from tests.operations.charging import automatic, interest, percentage
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice
from tests.operations.test_clock.waiting import LATER, START, stored, write

MONTHLY = automatic(percentage("10", period="P1M"))


def begin(frozen: ClockOffice, late_fee: object) -> None:
    """An invoice of 100.00, issued at the clock's time, that is due on 1 March."""
    account = an_account(account=ACCOUNT, late_fee=late_fee)
    customer = a_customer(account=ACCOUNT, has_invoices=True)
    frozen.store.keep(account, customer)
    new = a_new_invoice(a_line(), issue_date=START.date(), due_date=date(2028, 3, 1))
    write(frozen, an_issued_invoice(new, by=account, customer=customer, id="inv_001", sent_at=START))


def fees(store: FakeStore) -> list[Invoice]:
    return [each for each in store.all(Invoice) if each.late_fee_of == "inv_001"]


@pytest.mark.parametrize("step", [timedelta(days=1), timedelta(days=31), LATER - START])
def test_in_steps_or_at_once_each_fee_has_the_time_of_the_clock(frozen: ClockOffice, step: timedelta) -> None:
    begin(frozen, MONTHLY)
    at = START
    while at < LATER:
        at = min(at + step, LATER)
        frozen.advance(at)
    found = sorted(fees(frozen.store), key=lambda fee: fee.issue_date)
    days = [date(2028, 4, 2), date(2028, 5, 2)]
    assert [(fee.issue_date, fee.total) for fee in found] == [(day, 1000) for day in days]
    assert [fee.created_at for fee in found] == [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days]
    assert [fee.last_day for fee in stored(frozen).late_fees] == [day - timedelta(days=1) for day in days]


def test_real_ticks_charge_nothing(frozen: ClockOffice) -> None:
    begin(frozen, automatic(interest(period="P7D")))
    frozen.now = LATER + timedelta(days=400)
    assert frozen.tick() == []
    assert fees(frozen.store) == []
