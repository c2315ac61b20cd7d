"""Reader of the customer ledger: entries, credit and open items."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from invoicing.domain.ledger.entry import Credit, LedgerEntry, OpenItem
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import SEPARATOR, partition_key
from invoicing.storage.dynamodb.table_names import table_name
from invoicing.storage.kinds.customer_credits import CreditRecord
from invoicing.storage.kinds.ledger_entries import LedgerEntryRecord

if TYPE_CHECKING:
    from invoicing.domain.payments.credit_payout import CreditPayout

OPEN_ITEMS = "by_open_item"
"""The index of open items, by customer, currency and due date, with the amount due."""


_CURRENCIES = ("A", "Z" + HIGHEST)
"""The range of all entries: they begin with a currency, and credit, in the same partition, with a small letter."""


class DynamoLedger:
    """The ledger of all accounts (`invoicing.operations.unit_of_work.ports.Ledger`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(
        self, account: str, customer_id: str, currency: str, start: date | None, end: date | None
    ) -> list[LedgerEntry]:
        """Return the entries of a period, both days included, in order; one request for each megabyte (some 4,000).

        With an empty ``currency`` it reads all entries of the customer, also those outside of the period.
        """
        low, high = _CURRENCIES
        if currency:
            low = f"{currency}{SEPARATOR}{start.isoformat() if start else ''}"
            high = f"{currency}{SEPARATOR}{end.isoformat() if end else ''}{HIGHEST}"
        entries = [LedgerEntryRecord.entity_of(item) for item in self._items(_entries(account, customer_id, low, high))]
        return [entry for entry in entries if (start or date.min) <= entry.date <= (end or date.max)]

    def latest(self, account: str, customer_id: str, currency: str, most: int) -> list[LedgerEntry]:
        """Return up to ``most`` entries, those of the latest dates first; one request."""
        low = f"{currency}{SEPARATOR}"
        request = _entries(account, customer_id, low, low + HIGHEST) | {"ScanIndexForward": False, "Limit": most}
        return [LedgerEntryRecord.entity_of(item) for item in self._database.dispatch("Query", request)["Items"]]

    def credit_payouts(self, account: str, customer_id: str) -> "list[CreditPayout]":
        """Return a customer's payouts of credit, newest first; one request for each megabyte."""
        from invoicing.storage.kinds.credit_payouts import PREFIX, CreditPayoutRecord  # noqa: PLC0415

        request = _entries(account, customer_id, PREFIX, PREFIX + HIGHEST) | {"ScanIndexForward": False}
        return [CreditPayoutRecord.entity_of(item) for item in self._items(request)]

    def credits(self, account: str, customer_id: str) -> list[Credit]:
        """Return a customer's credit in each currency in which it ever had any."""
        low = CreditRecord.key(account, f"{customer_id} ")[1]
        request = _entries(account, customer_id, low, low + HIGHEST)
        return [CreditRecord.entity_of(item) for item in self._items(request)]

    def open_items(self, account: str, customer_id: str, currency: str = "") -> list[OpenItem]:
        """Return the open items by currency and due date, from an index that may be a moment behind."""
        return [_owed(item) for item in self._items(_open(account, customer_id, currency))]

    def due_first(self, account: str, customer_id: str, currency: str, at_a_time: int) -> Iterator[OpenItem]:
        """Return the open items by due date, ``at_a_time`` in a request; the next one is sent when they are used up."""
        request = _open(account, customer_id, currency) | {"Limit": at_a_time}
        return map(_owed, self._items(request))

    def _items(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        while True:
            answer = self._database.dispatch("Query", request)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _entries(account: str, customer_id: str, low: str, high: str) -> dict[str, Any]:
    """Make the request for all items of a customer in the ledger's table from ``low`` to ``high``."""
    request = _between(LedgerEntryRecord.Meta.table_name, partition_key(account, customer_id), "pk", "sk")
    request["ExpressionAttributeValues"] |= {":low": {"S": low}, ":high": {"S": high}}
    return request | {"ConsistentRead": True}


def _open(account: str, customer_id: str, currency: str) -> dict[str, Any]:
    """Make the request for the open items of a customer, of all currencies when it is empty."""
    request = _between(table_name("invoices"), partition_key(account, customer_id), "owed_by", "owed")
    low, high = (f"{currency}{SEPARATOR}", f"{currency}{SEPARATOR}{HIGHEST}") if currency else (" ", HIGHEST)
    request["ExpressionAttributeValues"] |= {":low": {"S": low}, ":high": {"S": high}}
    return request | {"IndexName": OPEN_ITEMS}


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
