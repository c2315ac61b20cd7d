"""Things to list, written as they are stored but without their use cases, and walks through their lists."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds import record_of
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_customer, an_invoice

DAY = date(2026, 1, 1)


def put(database: Database, entities: Sequence[Any]) -> None:
    """Write entities as they are stored, without their use cases."""
    for start in range(0, len(entities), 25):
        requests: dict[str, list[Any]] = {}
        for entity in entities[start : start + 25]:
            record = record_of(type(entity))
            item = record.of(entity)
            requests.setdefault(record.Meta.table_name, []).append({"PutRequest": {"Item": item}})
        while requests:
            requests = database.dispatch("BatchWriteItem", {"RequestItems": requests}).get("UnprocessedItems") or {}


def numbers_of(invoices: Sequence[Invoice]) -> list[NumberReservation]:
    return [
        NumberReservation(account=invoice.account, id=invoice.number, taken_by=invoice.id)
        for invoice in invoices
        if invoice.number
    ]


@contextmanager
def requests_of(database: Database) -> Iterator[list[str]]:
    """The requests that are sent meanwhile."""
    sent: list[str] = []
    real = database.dispatch

    def count(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        sent.append(operation)
        return real(operation, arguments)

    with patch.object(database, "dispatch", count):
        yield sent


def walk(
    store: DynamoStore, account: str, query: ListQuery, *, back: bool = False, kind: type = Invoice
) -> list[ListPage[Any]]:
    """All pages from one on, as a client follows the links."""
    pages: list[ListPage[Any]] = [store.page_of(kind, account, query)]
    while (last := pages[-1]).has_previous if back else (last := pages[-1]).has_next:
        cursor = last.previous_cursor if back else last.next_cursor
        step = replace(query, cursor=cursor, page=1) if cursor else replace(query, page=last.page + (-1 if back else 1))
        pages.append(store.page_of(kind, account, step))
    return pages


def many_alike(account: str, count: int) -> list[Any]:
    """Overdue invoices that differ in nothing but number and time, with their numbers."""
    base = an_invoice(
        account=account, customer=a_customer(id="cust_1"), status=Status.OVERDUE, currency="USD", total=500,
        due_date=DAY, issue_date=DAY,
    )  # fmt: skip
    invoices = [
        replace(base, id=f"inv_{number:06}", number=f"INV-{number:06}", created_at=NOW + timedelta(seconds=number))
        for number in range(count)
    ]
    return [*invoices, *numbers_of(invoices)]
