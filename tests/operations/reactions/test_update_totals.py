"""Counting from events, in one transaction for each batch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.lists.list_counter import CountedState, ListCounter
from invoicing.domain.money.currencies import EXPONENTS
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.reactions.update_totals import MOST_ENTITIES, update_totals
from tests.builders import NOW, PAGE_URL, a_new_customer, a_new_invoice
from tests.fakes import FakeStore
from tests.office import Office


def count(office: Office, events: Sequence[Event]) -> int:
    return office.run_use_case(lambda uow: update_totals(uow, events)).entities


def told(store: FakeStore) -> list[Event]:
    return [store.events[key] for key in sorted(store.events)]


def counters(store: FakeStore) -> dict[str, int]:
    """The counts, each by its counter and name."""
    return {
        f"{counter.id}#{name}".strip("#"): count
        for counter in store.all(ListCounter)
        for name, count in counter.counts.items()
    }


def create(office: Office, *, send_email: bool = False) -> str:
    new = a_new_invoice()
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL)).id


@pytest.fixture
def customers(office: Office, store: FakeStore) -> None:
    """One customer that its events tell of too; the other is kept without any."""
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_2")))


@pytest.mark.usefixtures("customers")
def test_counters_follow_what_use_cases_do(office: Office, store: FakeStore) -> None:
    sent, draft, gone, void = (create(office) for _ in range(4))
    create(office, send_email=True)
    office.run_use_case(lambda uow: send_invoice(uow, sent, None, page_url=PAGE_URL))
    office.run_use_case(lambda uow: update_invoice(uow, draft, {"customer_id": "cust_2", "currency": "EUR"}))
    office.run_use_case(lambda uow: delete_invoice(uow, gone))
    office.run_use_case(lambda uow: void_invoice(uow, void, None))
    events = told(store)
    assert count(office, events) == 6
    assert counters(store) == {
        "customers#archived=false": 1,
        "invoices": 4,
        "invoices#currency=EUR": 1,
        "invoices#currency=USD": 3,
        "invoices#customer_id=cust_123": 3,
        "invoices#customer_id=cust_2": 1,
        "invoices#drafts=EUR": 1,
        "invoices#draft_total=EUR": 183600,
        "invoices#status=cancelled": 1,
        "invoices#status=draft": 1,
        "invoices#status=sent": 2,
    }
    office.run_use_case(lambda uow: delete_customer(uow, "cust_2"))
    assert count(office, told(store)) == 1
    assert counters(store)["customers#archived=true"] == 1
    assert "customers#archived=false" not in counters(store)


def test_one_event_at_a_time_backwards_comes_to_the_same(office: Office, store: FakeStore) -> None:
    invoice = create(office, send_email=True)
    office.run_use_case(lambda uow: void_invoice(uow, invoice, None))
    for event in reversed(told(store)):
        count(office, [event])
    expected = {"invoices", "invoices#currency=USD", "invoices#customer_id=cust_123", "invoices#status=cancelled"}
    assert counters(store) == dict.fromkeys(expected, 1)


def test_a_batch_is_two_reads_and_one_transaction_and_again_one_read(office: Office, store: FakeStore) -> None:
    for _ in range(5):
        create(office, send_email=True)
    reads, commits = store.reads, store.commits
    assert count(office, told(store)) == 5
    assert (store.reads - reads, store.commits - commits) == (2, 1)
    commits = store.commits
    assert count(office, told(store)) == 0
    assert store.commits == commits


def test_as_many_things_as_are_allowed_fit_one_transaction(office: Office, store: FakeStore) -> None:
    drafts = [create(office) for _ in range(MOST_ENTITIES)]
    count(office, told(store))
    before = set(store.events)
    for index, status in enumerate([*Status] * 5):
        if index < MOST_ENTITIES:
            name, currency = f"cust_n{index}", [*EXPONENTS][index]
            event = next(event for event in told(store) if event.resource_id == drafts[index])
            data = {**event.data, "status": str(status), "customer_id": name, "currency": currency, "version": 2}
            store.events["acc_1", f"new_{index}"] = replace(event, type="invoice.updated", data=data, sequence=2)
    events = [event for key, event in store.events.items() if key not in before]
    uow = office.uow()
    update_totals(uow, events)
    assert len(uow.changes.saves) <= 100
    assert len(uow.changes.saves) == MOST_ENTITIES + 1 + (MOST_ENTITIES + 1), "a counter is written once"


def test_who_is_overtaken_counts_once_all_the_same(office: Office, store: FakeStore) -> None:
    for _ in range(3):
        create(office)
    events = told(store)
    store.before_next_commit(lambda: count(Office(store), events[:2]))
    assert count(office, events) == 1
    assert counters(store)["invoices"] == 3


def test_of_two_who_count_the_same_one_does(office: Office, store: FakeStore) -> None:
    create(office)
    events = told(store)
    store.before_next_commit(lambda: count(Office(store), events))
    assert count(office, events) == 0
    assert counters(store)["invoices"] == 1


def test_a_removed_customer_that_is_made_again_is_counted_again(office: Office, store: FakeStore) -> None:
    def make() -> None:
        office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_2")))

    make()
    office.run_use_case(lambda uow: delete_customer(uow, "cust_2"))
    first = told(store)
    count(office, first)
    assert counters(store) == {}
    office.now = NOW + timedelta(minutes=1)
    make()
    count(office, told(store)[len(first) :])
    count(office, first)
    assert counters(store) == {"customers#archived=false": 1}
    assert len(store.all(CountedState)) == 1


def test_what_is_not_counted_costs_no_transaction(office: Office, store: FakeStore) -> None:
    create(office)
    events = [replace(event, type="payment.created") for event in told(store)]
    commits = store.commits
    assert count(office, events) == 0
    assert store.commits == commits
