"""What customers owe, read from DynamoDB as from the ledger in memory."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit, LedgerEntry, OpenItem
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import Ledger, Store
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_credit_payout, a_customer, an_invoice, an_issued_invoice
from tests.fakes import FakeLedger, FakeStore
from tests.operations.settling import a_credit, an_entry
from tests.storage.listing import put, requests_of

OTHERS = [("cust_2", "USD"), ("cust_12", "USD"), ("cust_123x", "USD"), ("cust_123", "EUR"), ("cust_123", "US")]
"""Partitions and ranges next to those of a customer."""


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


def entries_of(account: str) -> list[LedgerEntry]:
    """Entries of four days, some of them of one, some of others than the customer."""
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 28)]
    own = [an_entry(account=account, id=f"ent_{number}", date=day, amount=1) for number, day in enumerate(days)]
    others = [
        an_entry(account=account, id=f"ent_9{number}", customer_id=customer, currency=currency, date=days[1])
        for number, (customer, currency) in enumerate(OTHERS)
    ]
    return [*own, *others, an_entry(account=f"{account}#test", id="ent_99", date=days[1])]


def test_payouts_of_a_customer_are_found_newest_first(store: Store, ledger: Ledger, account: str) -> None:
    own = [replace(a_credit_payout(), account=account, id=f"payout_{number}") for number in range(3)]
    others = [
        replace(own[0], id=f"payout_9{number}", customer_id=customer) for number, (customer, _) in enumerate(OTHERS[:3])
    ]
    keep(store, *own, *others, *entries_of(account), a_credit(5, account=account))
    assert ledger.credit_payouts(account, "cust_123") == own[::-1]
    assert len(ledger.entries(account, "cust_123", "USD", None, None)) == 5
    assert [credit.amount for credit in ledger.credits(account, "cust_123")] == [5]


@pytest.mark.parametrize(("most", "found"), [(2, ["ent_4", "ent_3"]), (9, [f"ent_{n}" for n in (4, 3, 2, 1, 0)])])
def test_the_latest_entries_come_first(store: Store, ledger: Ledger, account: str, most: int, found: list[str]) -> None:
    keep(store, *entries_of(account))
    assert [entry.id for entry in ledger.latest(account, "cust_123", "USD", most)] == found


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ((None, None), ["ent_0", "ent_1", "ent_2", "ent_3", "ent_4"]),
        ((date(2026, 2, 1), None), ["ent_1", "ent_2", "ent_3", "ent_4"]),
        ((None, date(2026, 2, 1)), ["ent_0", "ent_1", "ent_2"]),
        ((date(2026, 2, 1), date(2026, 2, 2)), ["ent_1", "ent_2", "ent_3"]),
        ((date(2026, 2, 3), date(2026, 2, 27)), []),
    ],
)
def test_the_entries_of_a_period_are_in_order_and_nobody_elses(
    store: Store, ledger: Ledger, account: str, period: tuple[date | None, date | None], found: list[str]
) -> None:
    keep(store, *reversed(entries_of(account)))
    read = ledger.entries(account, "cust_123", "USD", *period)
    assert [entry.id for entry in read] == found
    assert set(read) <= set(entries_of(account))


def test_more_than_a_megabyte_is_read_to_its_end(store: Store, ledger: Ledger, account: str) -> None:
    """References of random text, which does not compress: a page of DynamoDB holds less than half of them."""
    text = "".join(chr(0x4E00 + (number * number * 7919) % 20000) for number in range(60_000))
    entries = [
        an_entry(account=account, id=f"ent_{number:03}", document=text[number * 97 :] + text[: number * 97])
        for number in range(12)
    ]
    for entry in entries:
        keep(store, entry)
    assert ledger.entries(account, "cust_123", "USD", None, None) == entries


def test_credit_is_read_in_every_currency(store: Store, ledger: Ledger, account: str) -> None:
    own = [a_credit(500, account=account), a_credit(0, account=account, currency="EUR")]
    keep(store, *own, *entries_of(account), *(a_credit(9, account=account, customer_id=c) for c, _ in OTHERS[:3]))
    assert sorted(ledger.credits(account, "cust_123"), key=lambda credit: credit.currency) == own[::-1]
    assert ledger.credits(account, "cust_404") == []
    assert ledger.credits(f"{account}#test", "cust_123") == []


def test_credit_lies_apart_from_the_entries(store: Store, ledger: Ledger, account: str) -> None:
    keep(store, a_credit(500, account=account))
    assert ledger.entries(account, "cust_123", "USD", None, None) == []
    keep(store, replace(a_credit(500, account=account), version=2, amount=0))
    (credit,) = ledger.credits(account, "cust_123")
    assert isinstance(credit, Credit)
    assert (credit.amount, credit.version) == (0, 2)


def owing(account: str, number: int, due: date, **overrides: Any) -> Invoice:
    created = NOW + timedelta(seconds=number)
    return an_issued_invoice(account=account, id=f"inv_{number}", due_date=due, created_at=created, **overrides)


def test_what_is_due_comes_by_currency_and_due_date_then_in_order_of_creation(
    store: Store, ledger: Ledger, account: str
) -> None:
    day = date(2026, 12, 1)
    invoices = [
        owing(account, 1, day + timedelta(days=9)),
        owing(account, 2, day, amount_paid=100, status=Status.PARTIALLY_PAID),
        owing(account, 3, day),
        owing(account, 4, day, currency="EUR"),
    ]
    keep(store, *invoices)
    found = ledger.open_items(account, "cust_123")
    assert [(item.invoice_id, item.currency) for item in found] == [
        ("inv_4", "EUR"), ("inv_2", "USD"), ("inv_3", "USD"), ("inv_1", "USD"),
    ]  # fmt: skip
    assert found[1] == OpenItem(invoice_id="inv_2", currency="USD", due_date=day, amount_due=183500)
    assert [item.invoice_id for item in ledger.open_items(account, "cust_123", "USD")] == ["inv_2", "inv_3", "inv_1"]
    assert ledger.open_items(account, "cust_123", "US") == []
    assert ledger.open_items(account, "cust_12") == []


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
    assert list(ledger.due_first(account, "cust_123", "USD", 31)) == ledger.open_items(account, "cust_123", "USD")


@pytest.mark.parametrize(
    "overrides",
    [
        {"status": Status.PAID, "amount_paid": 183600},
        {"status": Status.PAID, "amount_written_off": 183600},
        {"status": Status.PAID, "amount_credited": 183600},
        {"status": Status.CANCELLED, "voided_at": NOW},
    ],
)
def test_an_invoice_leaves_what_is_due_when_it_is_settled_and_comes_back(
    store: Store, ledger: Ledger, account: str, overrides: dict[str, Any]
) -> None:
    invoice = owing(account, 1, date(2026, 12, 1), version=1)
    keep(store, invoice)
    assert [item.amount_due for item in ledger.open_items(account, "cust_123")] == [183600]
    keep(store, replace(invoice, version=2, **overrides))
    assert ledger.open_items(account, "cust_123") == []
    keep(store, replace(invoice, version=3, amount_paid=100, status=Status.PARTIALLY_PAID))
    assert [item.amount_due for item in ledger.open_items(account, "cust_123")] == [183500]


def test_drafts_are_not_due(store: Store, ledger: Ledger, account: str) -> None:
    keep(store, a_customer(account=account), an_invoice(account=account))
    assert ledger.open_items(account, "cust_123") == []
