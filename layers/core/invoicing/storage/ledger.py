"""Reader of the customer ledger: entries, payouts of credit and open items."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from invoicing.domain.ledger.entry import LedgerEntry, OpenItem
from invoicing.identifiers import first_id, time_of
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import SEPARATOR, partition_key
from invoicing.storage.dynamodb.table_names import table_name
from invoicing.storage.kinds.ledger_entries import LedgerEntryRecord

if TYPE_CHECKING:
    from invoicing.domain.payments.credit_payout import CreditPayout
    from invoicing.operations.lists.query import ListPage, ListQuery

OPEN_ITEMS = "by_open_item"
"""The index of open items, by customer, currency and due date, with the amount due."""


_ENTRIES = ("0", ":")
"""The range of all entries: they begin with a date, and credit and payouts, in the same partition, with a letter."""

RECORDED = "by_recording"
"""The index of entries dated on another day than they were recorded, by customer and id."""


class DynamoLedger:
    """The ledger of all accounts (`invoicing.operations.unit_of_work.ports.Ledger`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(
        self,
        account: str,
        customer_id: str,
        *,
        recorded_after: str = "",
        recorded_before: datetime | None = None,
        dated_from: date | None = None,
        until: date | None = None,
        most: int | None = None,
    ) -> list[LedgerEntry]:
        """Return entries in the order of their ids; two requests, and one more for each further megabyte.

        An entry dated on the day on which it was recorded is found by date: its place tells both. The others are found
        in an index by id, where they were recorded after an entry, and by date like all, where a period is read.
        """
        partition = partition_key(account, customer_id)
        last = until or (date.max if dated_from else datetime.now(UTC).date() + timedelta(days=1))
        low = _place(recorded_after)
        low = min(low, dated_from.isoformat()) if dated_from else low
        high = f"{last.isoformat()}{HIGHEST}"
        before = first_id("ent", recorded_before) if recorded_before else HIGHEST
        limit = {"Limit": most} if most else {}
        items = self._database.items(_entries(partition, low, high) | limit)
        by_date = (item for item in items if _in_place(item, dated_from))
        after = f"{recorded_after}\0"
        by_id = (
            self._database.items(_recorded_between(partition, after, before) | limit) if after < before else iter(())
        )
        found = {_id_of(item): item for items in (by_date, by_id) for item in islice(items, most)}
        read = [
            LedgerEntryRecord.entity_of(found[entry_id])
            for entry_id in sorted(found)[: None if dated_from else most]
            if entry_id < before
        ]
        return [entry for entry in read if until is None or entry.date <= until]

    def latest(self, account: str, customer_id: str, currency: str, most: int) -> list[LedgerEntry]:
        """Return the entries in one currency among the ``most`` of the latest dates, the latest first; one request."""
        request = _entries(partition_key(account, customer_id), *_ENTRIES) | {"ScanIndexForward": False, "Limit": most}
        entries = [LedgerEntryRecord.entity_of(item) for item in self._database.dispatch("Query", request)["Items"]]
        return [entry for entry in entries if entry.currency == currency]

    def page(self, account: str, customer_id: str, query: "ListQuery") -> "ListPage[LedgerEntry]":
        """Return one page of a customer's entries; only functions that list them load the reader."""
        from invoicing.storage.ledger_page import page_of_entries  # noqa: PLC0415

        return page_of_entries(self._database, partition_key(account, customer_id), query)

    def credit_payouts(self, account: str, customer_id: str) -> "list[CreditPayout]":
        """Return a customer's payouts of credit, newest first; one request for each megabyte."""
        from invoicing.storage.kinds.credit_payouts import PREFIX, CreditPayoutRecord  # noqa: PLC0415

        request = _entries(partition_key(account, customer_id), PREFIX, PREFIX + HIGHEST) | {"ScanIndexForward": False}
        return [CreditPayoutRecord.entity_of(item) for item in self._database.items(request)]

    def due_first(self, account: str, customer_id: str, currency: str, at_a_time: int) -> Iterator[OpenItem]:
        """Return the open items by due date, ``at_a_time`` in a request; the next one is sent when they are used up."""
        request = _between(table_name("invoices"), partition_key(account, customer_id), "customer", "owed")
        low = f"{currency}{SEPARATOR}"
        request["ExpressionAttributeValues"] |= {":low": {"S": low}, ":high": {"S": low + HIGHEST}}
        return map(_owed, self._database.items(request | {"IndexName": OPEN_ITEMS, "Limit": at_a_time}))


def _entries(partition: str, low: str, high: str) -> dict[str, Any]:
    """Make the request for all items of a customer in the ledger's table from ``low`` to ``high``."""
    request = _between(LedgerEntryRecord.Meta.table_name, partition, "pk", "sk")
    request["ExpressionAttributeValues"] |= {":low": {"S": low}, ":high": {"S": high}}
    return request | {"ConsistentRead": True}


def _recorded_between(partition: str, low: str, high: str) -> dict[str, Any]:
    """Make the request for entries in the index by id."""
    request = _between(LedgerEntryRecord.Meta.table_name, partition, "pk", "recorded") | {"IndexName": RECORDED}
    request["ExpressionAttributeValues"] |= {":low": {"S": low}, ":high": {"S": high}}
    return request | {"ConsistentRead": True}


def _place(entry_id: str) -> str:
    """Return the key after that of an entry recorded on its date, where later ones of that sort follow."""
    return f"{time_of(entry_id).date().isoformat()}{SEPARATOR}{entry_id}\0" if entry_id else _ENTRIES[0]


def _in_place(item: dict[str, Any], dated_from: date | None) -> bool:
    """Whether an entry is one of a period, or dated on the day on which it was recorded."""
    return "recorded" not in item or (dated_from is not None and item["sk"]["S"] >= dated_from.isoformat())


def _id_of(item: dict[str, Any]) -> str:
    entry_id: str = item["sk"]["S"].partition(SEPARATOR)[2]
    return entry_id


def _between(table: str, partition: str, pk: str, sk: str) -> dict[str, Any]:
    return {
        "TableName": table,
        "KeyConditionExpression": f"{pk} = :partition AND {sk} BETWEEN :low AND :high",
        "ExpressionAttributeValues": {":partition": {"S": partition}},
    }


def _owed(item: dict[str, Any]) -> OpenItem:
    currency, due_date, *_ = item["owed"]["S"].split(SEPARATOR)
    return OpenItem(
        invoice_id=item["sk"]["S"],
        currency=currency,
        due_date=date.fromisoformat(due_date),
        amount_due=int(item["amount_due"]["N"]),
    )
