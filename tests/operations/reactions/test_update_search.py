"""Words follow what use cases do, whenever and however often events tell of it."""

from dataclasses import replace
from datetime import timedelta
from itertools import count as counting

from invoicing.domain.events.event import Event
from invoicing.domain.lists.search import MOST_WORDS
from invoicing.domain.lists.search_rows import SearchRow, SearchWords, found_in
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.lists.search_words import MOST_ENTITIES, MOST_WRITES
from invoicing.operations.reactions.update_search import AT_ONCE, update_search
from tests.builders import PAGE_URL, a_customer, a_new_customer, a_new_invoice, an_event
from tests.domain.recurring.plans import a_schedule
from tests.fakes import FakeStore
from tests.office import Office


def told(store: FakeStore) -> list[Event]:
    return [store.events[key] for key in sorted(store.events)]


def keep_up(office: Office, events: list[Event]) -> int:
    """What the reaction does with a batch."""
    return update_search(office.uow, events)


def rows(store: FakeStore) -> dict[str, set[str]]:
    """The words of the rows that there are, by the entity that they find."""
    found: dict[str, set[str]] = {}
    for row in store.all(SearchRow):
        found.setdefault(found_in(row.id)[1], set()).add(row.id.partition("#")[2].partition("\x1f")[0])
    return found


def create(office: Office) -> str:
    new = a_new_invoice(purchase_order="PO 77/3")
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL)).id


def test_words_follow_what_use_cases_do(office: Office, store: FakeStore) -> None:
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_2", name="Käufer AG", email=None)))
    sent, draft, gone = (create(office) for _ in range(3))
    assert keep_up(office, told(store)) == 4
    assert rows(store)["cust_2"] == {"kaufer", "ag"}
    before = rows(store)[draft]
    assert {"77/3", "3"} <= before
    office.run_use_case(lambda uow: send_invoice(uow, sent, None, page_url=PAGE_URL))
    office.run_use_case(lambda uow: update_invoice(uow, draft, {"purchase_order": None}))
    office.run_use_case(lambda uow: delete_invoice(uow, gone))
    office.run_use_case(lambda uow: update_customer(uow, "cust_2", {"name": "Buyer AG"}))
    assert keep_up(office, told(store)) == 4
    assert rows(store)["cust_2"] == {"buyer", "ag"}
    assert rows(store)[sent] - before
    assert rows(store)[draft] == before - {"po", "77/3", "3"}
    assert gone not in rows(store)


def test_a_removed_customer_leaves_nothing_and_an_archived_one_is_still_found(office: Office, store: FakeStore) -> None:
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_2", name="Grace Hopper")))
    create(office)
    keep_up(office, told(store))
    kept = rows(store)
    for customer in ("cust_2", "cust_123"):
        office.run_use_case(lambda uow, customer=customer: delete_customer(uow, customer))  # type: ignore[misc]
    keep_up(office, told(store))
    assert kept.keys() - rows(store).keys() == {"cust_2"}
    assert "Customer#cust_123" in {words.id for words in store.all(SearchWords)}
    assert "Customer#cust_2" not in {words.id for words in store.all(SearchWords)}


def test_events_that_come_again_late_or_one_by_one_change_nothing(office: Office, store: FakeStore) -> None:
    draft = create(office)
    office.run_use_case(lambda uow: update_invoice(uow, draft, {"purchase_order": "7"}))
    office.run_use_case(lambda uow: send_invoice(uow, draft, None, page_url=PAGE_URL))
    events = told(store)
    keep_up(office, events[::-1])
    expected, commits = rows(store), store.commits
    for some in (events, *([event] for event in events)):
        assert keep_up(office, list(some)) == 0
    assert (rows(store), store.commits) == (expected, commits)
    assert store.reads


def test_whoever_was_late_looks_once_more(office: Office, store: FakeStore) -> None:
    """The customer is removed after it was read: its words are written, as nobody else wrote any, and removed again."""
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_2", name="Grace Hopper")))
    events = told(store)

    def remove() -> None:
        office.run_use_case(lambda uow: delete_customer(uow, "cust_2"))
        assert keep_up(office, told(store)) == 0

    store.before_next_commit(remove)
    assert keep_up(office, events) == 2
    assert [*store.all(SearchRow), *store.all(SearchWords)] == []


def test_of_two_who_write_one_reads_anew(office: Office, store: FakeStore) -> None:
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_2", name="Grace Hopper", email=None)))
    events = told(store)

    def rename() -> None:
        office.run_use_case(lambda uow: update_customer(uow, "cust_2", {"name": "Grace Murray"}))
        assert keep_up(office, told(store)) == 1

    store.before_next_commit(rename)
    assert keep_up(office, events) == 0
    assert rows(store) == {"cust_2": {"grace", "murray"}}


def test_an_id_that_is_used_again_is_found_by_its_new_words(office: Office, store: FakeStore) -> None:
    for name in ("Grace Hopper", "Alan Turing"):
        office.now += timedelta(days=1)
        new = a_new_customer(id="cust_2", name=name, email=None)
        office.run_use_case(lambda uow, new=new: create_customer(uow, new))  # type: ignore[misc]
        keep_up(office, told(store))
        assert rows(store)["cust_2"] == set(name.lower().split())
        office.run_use_case(lambda uow: delete_customer(uow, "cust_2"))
    keep_up(office, told(store))
    assert rows(store) == {}


def test_a_batch_with_many_words_takes_several_transactions(office: Office, store: FakeStore) -> None:
    names = (
        " ".join(f"{letter}{number}{word}x" for word in range(MOST_WORDS)) for letter in "ab" for number in range(9)
    )
    customers = [a_customer(id=f"cust_{number}", name=name) for number, name in zip(counting(), names)]
    events = [an_event("customer.created", customer, id=f"evt_{customer.id}") for customer in customers]
    for some in (customers[:9], customers[9:]):
        store.keep(*(replace(each, id=f"cust_{number}") for number, each in enumerate(some)))
        before = store.commits
        assert keep_up(office, events) == 9
        assert store.commits - before >= 9 * MOST_WORDS // MOST_WRITES
        assert {each: len(words) for each, words in rows(store).items()} == {f"cust_{n}": MOST_WORDS for n in range(9)}


def test_a_batch_fits_one_request() -> None:
    assert 2 * MOST_ENTITIES <= 100
    assert 1 + 2 * MOST_WORDS <= MOST_WRITES


def test_schedules_follow_their_customers_name_however_many_there_are(office: Office, store: FakeStore) -> None:
    count = 2 * AT_ONCE + 3
    store.keep(*(a_schedule(id=f"rec_{number:02}") for number in range(count)))
    schedules = [an_event("recurring_invoice.created", each) for each in store.all(RecurringInvoice)]
    assert keep_up(office, schedules) == count
    before = {word for each, words in rows(store).items() if each.startswith("rec_") for word in words}
    office.run_use_case(lambda uow: update_customer(uow, "cust_123", {"phone": "1"}))
    assert keep_up(office, told(store)[-1:]) == 1, "only the customer itself, which had no words yet"
    office.run_use_case(lambda uow: update_customer(uow, "cust_123", {"name": "Grace Hopper"}))
    assert keep_up(office, told(store)[-1:]) == count + 1
    after = {word for each, words in rows(store).items() if each.startswith("rec_") for word in words}
    assert {"grace", "hopper"} == after - before
    assert keep_up(office, [*schedules, *told(store)]) == 0


def test_a_schedule_created_while_its_customer_is_renamed_has_the_new_name(office: Office, store: FakeStore) -> None:
    """Its own event finds the customer as it was; whoever wrote looks again."""
    store.keep(a_schedule(id="rec_1"))
    events = [an_event("recurring_invoice.created", *store.all(RecurringInvoice))]
    store.before_next_commit(
        lambda: office.run_use_case(lambda uow: update_customer(uow, "cust_123", {"name": "Grace Hopper"}))
    )
    assert keep_up(office, events) == 2
    assert {"grace", "hopper"} <= rows(store)["rec_1"]
