"""Registry of records: one file per stored kind, loaded when its kind is first needed.

A new kind is a new file, and a line here.
"""

from collections.abc import Callable
from importlib import import_module

from invoicing.storage.dynamodb.record import Record

FILES = {
    "invoicing.domain.access.api_key.ApiKey": "api_keys",
    "invoicing.domain.access.key_roster.KeyRoster": "key_rosters",
    "invoicing.domain.credit_notes.credit_note.CreditNote": "credit_notes",
    "invoicing.domain.deliveries.delivery.Delivery": "deliveries",
    "invoicing.domain.events.event.Event": "events",
    "invoicing.domain.invoices.invoice.Invoice": "invoices",
    "invoicing.domain.invoices.page_link.PageLink": "page_links",
    "invoicing.domain.ledger.carried_balance.CarriedBalance": "carried_balances",
    "invoicing.domain.ledger.entry.Credit": "customer_credits",
    "invoicing.domain.ledger.entry.LedgerEntry": "ledger_entries",
    "invoicing.domain.lists.list_counter.CountedState": "counted_states",
    "invoicing.domain.lists.list_counter.ListCounter": "list_counters",
    "invoicing.domain.money.exchange_rates.ExchangeRates": "exchange_rates",
    "invoicing.domain.numbering.series.NumberReservation": "number_reservations",
    "invoicing.domain.numbering.series.NumberSeries": "number_series",
    "invoicing.domain.parties.account.Account": "accounts",
    "invoicing.domain.parties.customer.Customer": "customers",
    "invoicing.domain.parties.time_zone_change.TimeZoneChange": "time_zone_changes",
    "invoicing.domain.payments.credit_payout.CreditPayout": "credit_payouts",
    "invoicing.domain.payments.payment.Payment": "payments",
    "invoicing.domain.test_clocks.test_clock.TestClock": "test_clocks",
    "invoicing.operations.unit_of_work.change_set.IdempotencyRecord": "idempotency_records",
}
"""The file of each class, by name: importing the classes here would load them all."""

DUE_KINDS = {"Invoice": "invoices", "TestClock": "jobs", "TimeZoneChange": "jobs"}
"""The table of each class whose entities have due work, by its name."""

_records: dict[type, type[Record]] = {}


def stores[R: type](kind: type) -> Callable[[R], R]:
    """Class decorator: registers the record of a kind."""

    def declare(record: R) -> R:
        _records[kind] = record
        return record

    return declare


def record_of(kind: type) -> type[Record]:
    """Return the record of a kind; `KeyError` for a class that is not stored."""
    if kind not in _records:
        import_module(f"{__name__}.{FILES[f'{kind.__module__}.{kind.__qualname__}']}")
    return _records[kind]
