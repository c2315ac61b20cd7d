"""Which record each kind of thing is stored as, and what the deployed tables are called."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

RECORDS = {
    "Account": "records.AccountRecord",
    "ApiKey": "api_key_records.ApiKeyRecord",  # only to be written: it is found by its hash, and has no sk
    "Counted": "figure_records.CountedRecord",
    "Credit": "payment_records.CreditRecord",
    "CreditNote": "credit_note_records.CreditNoteRecord",
    "Customer": "records.CustomerRecord",
    "Delivery": "records.DeliveryRecord",
    "Entry": "payment_records.EntryRecord",
    "ExchangeRates": "records.ExchangeRatesRecord",
    "Figure": "figure_records.FigureRecord",
    "Invoice": "records.InvoiceRecord",
    "NumberReservation": "records.ReservationRecord",
    "NumberSeries": "records.SeriesRecord",
    "PageLink": "records.PageLinkRecord",
    "Payment": "payment_records.PaymentRecord",
}
"""By the name of the kind; a module is loaded when its kind is first needed, which makes for a quicker start."""

_deployed: dict[str, str] = {}


def record_of(kind: type) -> Any:
    """The record of a kind of thing (`invoicing.storage.record.Record`)."""
    return _load(RECORDS[kind.__name__])


@cache
def _load(path: str) -> Any:
    module, _, name = path.partition(".")
    return getattr(import_module(f"invoicing.storage.{module}"), name)


def name_tables(names: Mapping[str, str]) -> None:
    """Say what the tables of this deployment are called, each by its name in the settings."""
    _deployed.update(names)


def table_name(table: str) -> str:
    """What a table of this deployment is called."""
    return _deployed[table]


class TableName:
    """A `table_name` that PynamoDB finds in a record's ``Meta``."""

    def __init__(self, table: str) -> None:
        self._table = table

    def __get__(self, _: Any, __: Any) -> str:
        return table_name(self._table)
