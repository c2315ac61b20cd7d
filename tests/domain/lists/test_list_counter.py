"""List counters: events in any order, and any number of times, give the counts of the final states."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists import list_counter
from invoicing.domain.lists.list_counter import (
    CountedState,
    ListCounter,
    counted_as,
    counted_by,
    entered,
    newest_states,
    recount,
    step,
    steps,
)
from invoicing.domain.parties.customer import Customer
from tests.builders import NOW, a_customer, an_event, an_invoice

MOMENT = timedelta(seconds=1)


@dataclass
class Books:
    """What is counted, kept by the rules alone."""

    counted: dict[str, CountedState] = field(default_factory=dict)
    counters: dict[str, ListCounter] = field(default_factory=dict)

    def tell(self, events: Sequence[Event]) -> None:
        """A batch of events."""
        for told in newest_states(events).values():
            known = self.counted.get(told.id)
            if now := recount(known, told):
                counters = {name: self.counter(name) for name, _ in now.counts}
                now = entered(now, counters)
                for name, by in steps(known, now).items():
                    self.counters[name] = step(self.counter(name), by)
                self.counted[told.id] = now
            assert all(min(counter.counts.values(), default=0) >= 0 for counter in self.counters.values())

    def counter(self, name: str) -> ListCounter:
        """The counter of this id."""
        return self.counters.get(name, ListCounter(account="acc_1", id=name))

    def counts(self) -> dict[tuple[str, str], int]:
        """Every count but those of 0."""
        return {(each.id, name): count for each in self.counters.values() for name, count in each.counts.items()}


def numbered(life: Sequence[Event]) -> list[Event]:
    """The events of one resource with their sequence; it begins again when the resource is created again."""
    sequence = 0
    found = []
    for event in life:
        sequence = 1 if event.type.endswith(".created") else sequence + 1
        found.append(replace(event, sequence=sequence))
    return found


def lives_of_invoice(draw: st.DrawFn, number: int) -> tuple[list[Event], Invoice | None]:
    """Events of an invoice, and its final state: changed as a draft, then deleted, or sent and so on."""
    invoice = an_invoice(id=f"inv_{number}", created_at=NOW + MOMENT * number)
    events = [an_event("invoice.created", invoice, id="evt")]
    if draw(st.booleans()):  # in the transaction that makes it, and then of the same version
        invoice = replace(invoice, status=Status.SENT)
        events.append(an_event("invoice.sent", invoice, id="evt"))
    for _ in range(draw(st.integers(0, 3))):
        if invoice.status is not Status.DRAFT:
            break
        invoice = replace(
            invoice,
            version=invoice.version + 1,
            buyer=replace(invoice.buyer, id=draw(st.sampled_from(["cust_1", "cust_2"]))),
            currency=draw(st.sampled_from(["USD", "EUR"])),
            total=draw(st.integers(0, 3)),
        )
        events.append(an_event("invoice.updated", invoice, id="evt", about={"changed": ["customer_id"]}))
    if invoice.status is Status.DRAFT and draw(st.booleans()):
        return numbered([*events, an_event("invoice.deleted", invoice, id="evt")]), None
    for status in draw(st.lists(st.sampled_from(list(Status)), max_size=3)):
        invoice = replace(invoice, version=invoice.version + 1, status=status)
        events.append(an_event("invoice.updated", invoice, id="evt"))
        if draw(st.booleans()):  # told without a change
            events.append(an_event("invoice.email_bounced", invoice, id="evt"))
    return numbered(events), invoice


def lives_of_customer(draw: st.DrawFn, name: str) -> tuple[list[Event], Customer | None]:
    """A customer that is removed and made again with its id, some times, and in the end removed, archived or there."""
    events: list[Event] = []
    for life in range(draw(st.integers(1, 3))):
        customer: Customer | None = a_customer(id=name, created_at=NOW + MOMENT * life)
        assert customer
        events.append(an_event("customer.created", customer, id="evt"))
        if draw(st.booleans()):  # marked by its first invoice: a version that no event tells of
            customer = replace(customer, version=customer.version + draw(st.integers(1, 2)))
            events.append(an_event("customer.updated", customer, id="evt", about={"changed": ["name"]}))
        end = draw(st.sampled_from(["there", "archived", "removed"]))
        if end == "archived":
            customer = replace(customer, version=customer.version + 1, archived_at=NOW)
        if end != "there":
            events.append(an_event("customer.deleted", customer, id="evt"))
        if end == "removed":
            customer = None
        else:
            break
    return numbered(events), customer


@st.composite
def businesses(draw: st.DrawFn) -> tuple[list[Event], list[Invoice], list[Customer]]:
    """Events of some entities, and those that exist in the end."""
    invoices = [lives_of_invoice(draw, number) for number in range(draw(st.integers(0, 4)))]
    customers = [lives_of_customer(draw, f"cust_{number}") for number in range(draw(st.integers(0, 2)))]
    told = [event for life, _ in (*invoices, *customers) for event in life]
    return told, [last for _, last in invoices if last], [last for _, last in customers if last]


@given(business=businesses(), data=st.data())
def test_in_any_order_and_any_number_of_times_figures_are_how_things_are_in_the_end(
    business: tuple[list[Event], list[Invoice], list[Customer]], data: st.DataObject
) -> None:
    events, invoices, customers = business
    again = data.draw(st.lists(st.sampled_from(events), max_size=5)) if events else []
    told: list[Event] = list(data.draw(st.permutations([*events, *again])))
    books = Books()
    while told:
        size = data.draw(st.integers(1, len(told)))
        books.tell(told[:size])
        told = told[size:]
    expected = Counter({("invoices", ""): len(invoices)} if invoices else {})
    expected.update(("invoices", f"status={invoice.status}") for invoice in invoices)
    expected.update((f"invoices#customer_id={invoice.buyer.id}", "") for invoice in invoices)
    expected.update(("invoices", f"currency={invoice.currency}") for invoice in invoices)
    for draft in (invoice for invoice in invoices if invoice.status is Status.DRAFT):
        expected.update({("invoices", f"drafts={draft.currency}"): 1})
        expected.update({("invoices", f"draft_total={draft.currency}"): draft.total})
    expected.update(("customers", f"archived={'true' if one.archived_at else 'false'}") for one in customers)
    assert books.counts() == {name: count for name, count in expected.items() if count}


def test_an_invoice_made_and_sent_at_once_is_counted_as_sent_whatever_is_told_first() -> None:
    draft = an_invoice()
    made = an_event("invoice.created", draft, id="evt_1")
    sent = an_event("invoice.sent", replace(draft, status=Status.SENT), id="evt_2", sequence=2)
    for told in ([made, sent], [sent, made]):
        books = Books()
        for event in told:
            books.tell([event])
        assert ("invoices", "status=sent") in books.counts()
        assert ("invoices", "status=draft") not in books.counts()


def test_a_draft_is_counted_by_state_customer_and_currency() -> None:
    counted = counted_by(an_event("invoice.created", an_invoice(), id="evt_1"))
    assert counted
    assert set(counted.counts) == {
        ("invoices", ""),
        ("invoices", "status=draft"),
        ("invoices#customer_id=cust_123", ""),
        ("invoices", "currency=USD"),
        ("invoices", "drafts=USD"),
    }
    assert counted.amounts == {("invoices", "draft_total=USD"): an_invoice().total}


def test_drafts_are_added_up_by_currency() -> None:
    books = Books()
    drafts = [an_invoice(id=f"inv_{total}", total=total) for total in (500, 700)]
    yen = an_invoice(id="inv_yen", total=9, currency="JPY")
    books.tell([an_event("invoice.created", draft, id="evt") for draft in (*drafts, yen)])
    assert books.counter("invoices").drafts == {"USD": (2, 1200), "JPY": (1, 9)}
    books.tell([an_event("invoice.updated", replace(drafts[0], version=2, total=600), id="evt", sequence=2)])
    books.tell([an_event("invoice.sent", replace(drafts[1], version=2, status=Status.SENT), id="evt", sequence=2)])
    books.tell([an_event("invoice.deleted", yen, id="evt", sequence=2)])
    assert books.counter("invoices").drafts == {"USD": (1, 600)}


def test_only_figures_that_change_are_stepped() -> None:
    draft = counted_by(an_event("invoice.created", an_invoice(), id="evt_1"))
    sent = counted_by(an_event("invoice.sent", an_invoice(version=2, status=Status.SENT), id="evt_2", sequence=2))
    assert draft
    assert sent
    assert steps(draft, sent) == {
        "invoices": {
            "status=draft": -1,
            "drafts=USD": -1,
            "draft_total=USD": -an_invoice().total,
            "status=sent": 1,
        }
    }
    assert steps(draft, draft) == {}


def test_nothing_newer_is_not_counted_anew() -> None:
    told = counted_by(an_event("invoice.sent", an_invoice(version=2, status=Status.SENT), id="evt_1"))
    assert told
    known = recount(None, told)
    assert known == told
    assert recount(known, told) is None
    newer = replace(told, event_sequence=3)
    assert recount(known, newer) == replace(newer, version=2)


@pytest.mark.parametrize("kind", ["payment.created", "recurring_invoice.created", "invoices.created"])
def test_what_is_not_counted_is_no_matter(kind: str) -> None:
    event = replace(an_event("customer.created", a_customer(), id="evt_1"), type=kind)
    assert counted_by(event) is None
    assert newest_states([event]) == {}


def test_an_archived_customer_is_still_there_and_a_removed_one_is_not() -> None:
    def counts(**values: Any) -> tuple[tuple[str, str], ...]:
        counted = counted_by(an_event("customer.deleted", a_customer(**values), id="evt_1"))
        assert counted
        return counted.counts

    assert counts(archived_at=NOW) == (counted_as("customers", "archived", "true"),)
    assert counts() == ()


def test_from_many_invoices_on_a_customers_are_entered_and_counted_by_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_counter, "MANY", 3)
    books, name = Books(), "invoices#customer_id=cust_123"
    invoices = [an_invoice(id=f"inv_{number}") for number in range(4)]
    for number, invoice in enumerate(invoices, 1):
        books.tell([an_event("invoice.created", invoice, id="evt")])
        assert books.counter(name).entered is (None if number < 3 else False)
    assert [books.counted[invoice.id].is_entered for invoice in invoices] == [False, False, False, True]
    assert books.counts()[name, "status=draft"] == 1
    sent = replace(invoices[0], status=Status.SENT, version=2)
    books.tell([an_event("invoice.sent", sent, id="evt", sequence=2)])
    assert (books.counts()[name, "status=sent"], books.counter(name).entered) == (1, False)
    for state in list(books.counted.values())[1:3]:
        now = replace(state, version=state.version + 1, is_entered=True)
        books.counters[name] = step(books.counter(name), steps(state, now)[name])
        books.counted[state.id] = now
    assert books.counter(name).entered is True
    assert books.counter(name).counts == {"": 4, "status=draft": 3, "status=sent": 1}
    books.tell([an_event("invoice.deleted", invoice, id="evt", sequence=3) for invoice in invoices])
    assert (books.counter(name).counts, books.counter(name).entered) == ({}, True)
