"""Lists of invoices that are overdue, in the time zone that the account has now."""

from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.list_invoices import IS_OVERDUE, list_invoices
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from tests.builders import NOW, a_customer, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office

OVERDUE = Condition(IS_OVERDUE, "eq", ("true",))
EVENING = datetime(2026, 11, 22, 18, tzinfo=UTC)
"""Already the next day in Tokyo."""


@pytest.fixture(autouse=True)
def invoices(store: FakeStore) -> list[Invoice]:
    """One in each state and for each of five days."""
    made = []
    for number, status in enumerate(Status):
        for day in range(-2, 3):
            make = an_invoice if status is Status.DRAFT else an_issued_invoice
            due = NOW.date() + timedelta(days=day)
            customer = a_customer(id=f"cust_{day % 2}")
            made.append(make(customer=customer, id=f"inv_{number}{day % 5}", status=status, due_date=due))
    store.keep(*made)
    return made


def ids(office: Office, *conditions: Condition) -> set[str]:
    query = ListQuery(conditions=(OVERDUE, *conditions), sorts=(Sort("due_date", descending=True),), per_page=100)
    return {invoice.id for invoice in office.run_use_case(lambda uow: list_invoices(uow, query)).items}


@pytest.mark.parametrize("time_zone", ["UTC", "Asia/Tokyo", "Pacific/Pago_Pago"])
def test_they_are_those_that_answers_call_overdue(
    office: Office, store: FakeStore, invoices: list[Invoice], time_zone: str
) -> None:
    store.keep(an_account(time_zone=time_zone))
    office.now = EVENING
    today = own_today(office.uow())
    assert ids(office) == {invoice.id for invoice in invoices if is_overdue(invoice, today)} != set()


def test_they_follow_a_new_time_zone_at_once(office: Office, store: FakeStore) -> None:
    office.now = EVENING
    before = ids(office)
    store.keep(an_account(time_zone="Asia/Tokyo"))
    after = ids(office)
    assert before < after
    assert len(after) - len(before) == 4, "those due today, in each open state"


@pytest.mark.parametrize(
    "other",
    [
        Condition("status", "eq", ("overdue",)),
        Condition("status", "in", ("sent", "paid", "overdue")),
        Condition("status", "ne", ("sent",)),
        Condition("status", "eq", ("paid",)),
        Condition("customer_id", "eq", ("cust_1",)),
        Condition("due_date", "gte", ((NOW - timedelta(days=1)).date().isoformat(),)),
    ],
)
def test_other_filters_narrow_them(office: Office, store: FakeStore, invoices: list[Invoice], other: Condition) -> None:
    found = office.run_use_case(lambda uow: list_invoices(uow, ListQuery(conditions=(other,), per_page=100))).items
    assert ids(office, other) == ids(office) & {invoice.id for invoice in found}


def test_the_account_is_read_along(office: Office, store: FakeStore) -> None:
    uow = office.uow()
    list_invoices(uow, ListQuery())
    reads = store.reads
    assert own_today(uow) == NOW.date()
    assert store.reads == reads
