"""What customers owe, read from DynamoDB as from the ledger in memory."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import LedgerEntry, OpenItem
from invoicing.identifiers import first_id
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import Ledger, Store
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_credit_payout, a_customer, an_invoice, an_issued_invoice
from tests.examples import examples
from tests.fakes import FakeLedger, FakeStore
from tests.operations.settling import a_credit, an_entry
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of

OTHERS = ["cust_2", "cust_12", "cust_123x"]
"""Partitions next to that of a customer."""


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """The ledger of the store."""
    if isinstance(store, FakeStore):
        return FakeLedger(store)
    assert isinstance(store, DynamoStore)
    return DynamoLedger(store._database)


def keep(store: Store, *entities: Any) -> None:
    for start in range(0, len(entities), 90):
        changes = ChangeSet()
        for entity in entities[start : start + 90]:
            changes.save(entity)
        store.commit(changes)


def entry_id(day: date, number: int = 0, hour: int = 12) -> str:
    """The id of an entry recorded at that hour of a day."""
    recorded = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return f"{first_id('ent', recorded)}7{number:03x}8123456789abcdef"


DAYS = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 28)]


def entries_of(account: str) -> list[LedgerEntry]:
    """Entries of four days, each recorded on its own, and some of others than the customer."""
    own = [an_entry(account=account, id=entry_id(day, number), date=day, amount=1) for number, day in enumerate(DAYS)]
    others = [
        an_entry(account=account, id=entry_id(DAYS[1], 9 + number), customer_id=customer, date=DAYS[1])
        for number, customer in enumerate(OTHERS)
    ]
    return [*own, *others, an_entry(account=f"{account}#test", id=entry_id(DAYS[1], 99), date=DAYS[1])]


def test_payouts_of_a_customer_are_found_newest_first(store: Store, ledger: Ledger, account: str) -> None:
    own = [replace(a_credit_payout(), account=account, id=f"payout_{number}") for number in range(3)]
    others = [replace(own[0], id=f"payout_9{number}", customer_id=customer) for number, customer in enumerate(OTHERS)]
    keep(store, *own, *others, *entries_of(account), a_credit(5, account=account))
    assert ledger.credit_payouts(account, "cust_123") == own[::-1]
    assert ledger.entries(account, "cust_123") == entries_of(account)[:5]


@pytest.mark.parametrize(("most", "found"), [(2, [4, 3]), (9, [4, 3, 2, 1, 0])])
def test_the_latest_entries_come_first(store: Store, ledger: Ledger, account: str, most: int, found: list[int]) -> None:
    euro = an_entry(account=account, id=entry_id(DAYS[0], 7), date=DAYS[0], currency="EUR")
    keep(store, *entries_of(account), euro)
    own = entries_of(account)
    assert ledger.latest(account, "cust_123", "USD", most) == [own[number] for number in found]
    assert ledger.latest(account, "cust_123", "EUR", 9) == [euro]


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ((None, None), {0, 1, 2, 3, 4}),
        ((date(2026, 2, 1), None), {1, 2, 3, 4}),
        ((date(2026, 1, 1), date(2026, 2, 1)), {0, 1, 2}),
        ((date(2026, 2, 1), date(2026, 2, 2)), {1, 2, 3}),
        ((date(2026, 2, 3), date(2026, 2, 27)), set()),
    ],
)
def test_the_entries_of_a_period_are_in_order_and_nobody_elses(
    store: Store, ledger: Ledger, account: str, period: tuple[date | None, date | None], found: set[int]
) -> None:
    keep(store, *reversed(entries_of(account)))
    own, (start, end) = entries_of(account)[:5], period
    after = own[-1].id if start else ""
    read = ledger.entries(account, "cust_123", recorded_after=after, dated_from=start, until=end)
    assert read == [entry for number, entry in enumerate(own) if number in found]


MOVED = st.sampled_from((0, 0, 0, -1, 1, -40, 40))
"""Days from the day of recording to the date of the entry."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25), deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 23), MOVED), max_size=25),
    st.integers(-1, 24),
    st.none() | st.integers(-50, 90),
    st.integers(0, 60),
)
def test_entries_since_and_of_a_period_are_those_of_the_contract(
    moto_database: Database, rows: list[tuple[int, int, int]], after: int, start: int | None, length: int
) -> None:
    """Whenever they were recorded, and whatever their dates: compared with looking at every entry."""
    account, begin = f"acc_{uuid4().hex}", date(2026, 3, 1)
    entries = []
    for number, (day, hour, moved) in enumerate(sorted(rows)):
        recorded = begin + timedelta(days=day)
        entry = an_entry(account=account, id=entry_id(recorded, number, hour), date=recorded + timedelta(days=moved))
        entries.append(entry)
    keep(DynamoStore(moto_database, EVENTS_KEPT), *entries)
    known = entries[after].id if 0 <= after < len(entries) else ""
    dated_from = None if start is None else begin + timedelta(days=start)
    until = None if dated_from is None else dated_from + timedelta(days=length)
    found = DynamoLedger(moto_database).entries(
        account, "cust_123", recorded_after=known, dated_from=dated_from, until=until
    )
    assert found == [
        entry
        for entry in entries
        if (entry.id > known or (dated_from and entry.date >= dated_from)) and entry.date <= (until or date.max)
    ]


def test_the_oldest_come_first_where_only_some_are_read(store: Store, ledger: Ledger, account: str) -> None:
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(8)]
    moved = [timedelta(days=(-5 if number % 3 else 0)) for number in range(8)]
    entries = [
        an_entry(
            account=account, id=entry_id(day), date=day + by, created_at=datetime(2026, 3, day.day, 12, tzinfo=UTC)
        )
        for day, by in zip(days, moved, strict=True)
    ]
    keep(store, *entries)
    for most in range(1, 9):
        assert ledger.entries(account, "cust_123", most=most) == entries[:most]
        assert ledger.entries(account, "cust_123", recorded_after=entries[2].id, most=most) == entries[3:][:most]
    before = datetime(2026, 3, 5, 12, tzinfo=UTC)
    assert ledger.entries(account, "cust_123", recorded_before=before) == entries[:4]
    assert ledger.entries(account, "cust_123", recorded_after=entries[5].id, recorded_before=before) == []


def test_an_id_tells_when_an_entry_was_recorded_whatever_its_account_took_for_now(
    store: Store, ledger: Ledger, account: str
) -> None:
    """A test clock is years ahead or behind; a request begins before the transaction that gets through."""
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(3)]
    told = [datetime(2040, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 3, 3, 11, tzinfo=UTC)]
    entries = [
        an_entry(account=account, id=entry_id(day), date=at.date(), created_at=at)
        for day, at in zip(days, told, strict=True)
    ]
    keep(store, *entries)
    for count, day in enumerate(days):
        before = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        assert ledger.entries(account, "cust_123", recorded_before=before) == entries[:count]


def test_more_than_a_megabyte_is_read_to_its_end(store: Store, ledger: Ledger, account: str) -> None:
    """References of random text, which does not compress: a page of DynamoDB holds less than half of them."""
    text = "".join(chr(0x4E00 + (number * number * 7919) % 20000) for number in range(60_000))
    entries = [
        an_entry(
            account=account,
            id=entry_id(NOW.date() - timedelta(days=number % 2), number),
            document=text[number * 97 :] + text[: number * 97],
        )
        for number in range(12)
    ]
    for entry in entries:
        keep(store, entry)
    assert ledger.entries(account, "cust_123") == sorted(entries, key=lambda entry: entry.id)


def test_credit_lies_apart_from_the_entries(store: Store, ledger: Ledger, account: str) -> None:
    keep(store, a_credit(500, account=account))
    assert ledger.entries(account, "cust_123") == []
    assert ledger.latest(account, "cust_123", "USD", 5) == []


def owing(account: str, number: int, due: date, **overrides: Any) -> Invoice:
    created = NOW + timedelta(seconds=number)
    return an_issued_invoice(account=account, id=f"inv_{number}", due_date=due, created_at=created, **overrides)


def due(ledger: Ledger, account: str, customer_id: str = "cust_123", currency: str = "USD") -> list[OpenItem]:
    return list(ledger.due_first(account, customer_id, currency, 31))


def test_what_is_due_comes_by_due_date_then_in_order_of_creation(store: Store, ledger: Ledger, account: str) -> None:
    day = date(2026, 12, 1)
    invoices = [
        owing(account, 1, day + timedelta(days=9)),
        owing(account, 2, day, amount_paid=100, status=Status.PARTIALLY_PAID),
        owing(account, 3, day),
        owing(account, 4, day, currency="EUR"),
    ]
    keep(store, *invoices)
    found = due(ledger, account)
    assert [item.invoice_id for item in found] == ["inv_2", "inv_3", "inv_1"]
    assert found[0] == OpenItem(invoice_id="inv_2", currency="USD", due_date=day, amount_due=183500)
    assert [item.invoice_id for item in due(ledger, account, currency="EUR")] == ["inv_4"]
    assert due(ledger, account, currency="US") == []
    assert due(ledger, account, customer_id="cust_12") == []


def test_what_is_due_first_is_read_as_far_as_it_is_asked_for(database: Database, account: str) -> None:
    day = date(2026, 12, 1)
    put(database, [owing(account, number, day + timedelta(days=number)) for number in range(70)])
    put(database, [owing(account, 99, day - timedelta(days=9), currency="EUR")])
    ledger = DynamoLedger(database)
    for taken, requests in ((0, 0), (1, 1), (31, 1), (32, 2), (70, 3)):
        with requests_of(database) as sent:
            found = [item.invoice_id for item in islice(ledger.due_first(account, "cust_123", "USD", 31), taken)]
        assert found == [f"inv_{number}" for number in range(taken)]
        assert sent == ["Query"] * requests


@pytest.mark.parametrize(
    "overrides",
    [
        {"status": Status.PAID, "amount_paid": 183600},
        {"status": Status.PAID, "amount_written_off": 183600},
        {"status": Status.PAID, "amount_credited": 183600, "applied_to_invoice": 183600},
        {"status": Status.CANCELLED, "voided_at": NOW},
    ],
)
def test_an_invoice_leaves_what_is_due_when_it_is_settled_and_comes_back(
    store: Store, ledger: Ledger, account: str, overrides: dict[str, Any]
) -> None:
    invoice = owing(account, 1, date(2026, 12, 1), version=1)
    keep(store, invoice)
    assert [item.amount_due for item in due(ledger, account)] == [183600]
    keep(store, replace(invoice, version=2, **overrides))
    assert due(ledger, account) == []
    keep(store, replace(invoice, version=3, amount_paid=100, status=Status.PARTIALLY_PAID))
    assert [item.amount_due for item in due(ledger, account)] == [183500]


def test_drafts_are_not_due(store: Store, ledger: Ledger, account: str) -> None:
    keep(store, a_customer(account=account), an_invoice(account=account))
    assert due(ledger, account) == []
