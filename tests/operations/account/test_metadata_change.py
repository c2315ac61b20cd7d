"""A change of searchable metadata reaches all there is, page by page and in the background."""

from contextlib import suppress
from datetime import timedelta
from typing import cast

import pytest

from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.lists.metadata import tag_of
from invoicing.domain.lists.metadata_change import MetadataChange
from invoicing.domain.lists.search_rows import SearchRow, found_in
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account import _metadata_change as module
from invoicing.operations.account.update_account import update_account
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.lists.searchable import with_searchable
from invoicing.operations.reactions.update_search import update_search
from invoicing.operations.unit_of_work.ports import Store
from tests.builders import NOW, a_customer, an_account, an_event, an_invoice
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.storage.due_site import Dying
from tests.ticking import tick


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(
        an_account(),
        *(a_customer(id=f"cust_{n}", metadata={"crm": str(n), "region": "eu"}) for n in range(3)),
        a_customer(id="cust_old", metadata={"crm": "old"}, archived_at=NOW),
        *(an_invoice(id=f"inv_{n}", metadata={"order": str(n)}) for n in range(110)),
    )
    return store


def declare(office: Office, *keys: str) -> None:
    office.run_use_case(lambda uow: update_account(uow, {"searchable_metadata": keys}))


def tagged(store: FakeStore) -> dict[str, set[str]]:
    """The entities that rows of tags lead to, by tag."""
    found: dict[str, set[str]] = {}
    for row in store.all(SearchRow):
        kind, _, rest = row.id.partition("#")
        if kind.endswith(".metadata"):
            found.setdefault(rest.partition("\x1f")[0], set()).add(found_in(row.id)[1])
    return found


def expected(store: FakeStore, *keys: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, identifier in {(kind, identifier) for kind, _, identifier in store.entities}:
        entity = store.entities[kind, an_account().account, identifier]
        for key in keys:
            if kind.__name__ in {"Customer", "Invoice"} and key in entity.metadata:
                tag = tag_of(key, entity.metadata[key])
                found.setdefault(tag, set()).add(identifier)
    return found


def finish(office: Office, store: FakeStore) -> None:
    for _ in range(10):
        tick(office, store)
        office.now += SETTLED
    assert store.all(MetadataChange) == []


def served(office: Office, key: str) -> bool:
    query = ListQuery(conditions=(Condition(f"metadata[{key}]", "eq", ("1",)),))
    return bool(with_searchable(office.uow(), query).tagged)


def test_all_that_there_is_gets_its_rows_and_loses_them(office: Office, store: FakeStore) -> None:
    declare(office, "order", "crm")
    assert not served(office, "order")
    finish(office, store)
    assert tagged(store) == expected(store, "order", "crm")
    assert served(office, "order")
    assert served(office, "crm")
    declare(office, "region", "order")
    assert (served(office, "order"), served(office, "region"), served(office, "crm")) == (True, False, False)
    finish(office, store)
    assert tagged(store) == expected(store, "order", "region")
    assert served(office, "region")
    declare(office)
    finish(office, store)
    assert tagged(store) == {}


def test_a_key_is_served_only_after_the_walk_that_follows(office: Office, store: FakeStore) -> None:
    declare(office, "order")
    tick(office, store)
    assert tagged(store) == expected(store, "order")
    assert not served(office, "order"), "who had read the account before may still write"
    office.now += SETTLED - timedelta(seconds=1)
    assert tick(office, store) == []
    assert not served(office, "order")
    office.now += timedelta(seconds=1)
    tick(office, store)
    assert served(office, "order")


def test_a_change_under_way_starts_over_for_the_keys_of_both(
    office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 2)
    declare(office, "order")
    tick(office, store)
    declare(office, "order", "crm")
    assert not served(office, "order"), "its first walk has not ended"
    finish(office, store)
    assert tagged(store) == expected(store, "order", "crm")


def test_of_a_worker_that_had_read_the_old_keys_nothing_stays(office: Office, store: FakeStore) -> None:
    """It reads account and customer, then the keys change and the walk passes: what it writes then is refused."""
    customer = a_customer(id="cust_new", metadata={"crm": "new"})
    store.keep(customer)
    events = [an_event("customer.created", customer)]

    def change() -> None:
        declare(office, "crm")
        finish(office, store)

    store.before_next_commit(change)
    update_search(office.uow, events)
    assert tagged(store) == expected(store, "crm")


def test_runs_at_once_and_runs_that_come_again_change_nothing(office: Office, store: FakeStore) -> None:
    declare(office, "order")
    store.before_next_commit(lambda: tick(office, store))
    finish(office, store)
    assert tagged(store) == expected(store, "order")
    before = store.commits
    tick(office, store)
    assert store.commits == before
    assert [each.id for each in store.all(Customer)]


@pytest.mark.parametrize("calls", range(16))
def test_what_dies_half_way_goes_on_with_the_next_tick(office: Office, store: FakeStore, calls: int) -> None:
    declare(office, "order", "crm")
    dying = Office(cast(Store, Dying(store, calls)), now=office.now)
    with suppress(Crash):
        tick(dying, store)
    finish(office, store)
    assert tagged(store) == expected(store, "order", "crm")
