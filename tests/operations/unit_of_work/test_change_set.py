"""Change sets: events are made when they are committed, each once."""

from invoicing.domain.events.customers import CUSTOMER_CREATED, CUSTOMER_UPDATED
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import a_customer
from tests.fakes import FakeStore
from tests.office import Office


def test_events_are_made_at_the_commit_in_the_order_of_recording_and_once(office: Office) -> None:
    uow = office.uow(ChangeSet())
    customer = a_customer(id="cust_new")
    uow.record(CUSTOMER_CREATED, customer)
    uow.record(CUSTOMER_UPDATED, customer)
    later_than = office.ids.new_id("inv").removeprefix("inv_")
    assert uow.changes
    events = list(uow.changes.events)
    assert [(event.type, event.sequence) for event in events] == [("customer.created", 1), ("customer.updated", 2)]
    assert [event.id > f"evt_{later_than}" for event in events] == [True, True]
    assert sorted(events, key=lambda event: event.id) == events == uow.changes.events


def test_an_attempt_after_a_conflict_makes_ids_of_its_own(office: Office, store: FakeStore) -> None:
    customer = a_customer(id="cust_new")
    blocks = [a_customer(id="cust_other")]
    attempts: list[ChangeSet] = []

    def create(uow: UnitOfWork) -> None:
        attempts.append(uow.changes)
        other = blocks.pop() if blocks else None
        uow.changes.save(customer)
        uow.record(CUSTOMER_CREATED, customer)
        if other:
            uow.changes.require(uow.ref(type(other), other.id), 7)

    office.run_use_case(create)
    (event,) = store.events.values()
    assert len(attempts) == 2
    assert attempts[0].events[0].id > event.id, "the first attempt had not made its event when it failed"
