"""Balances of customers carried forward; in the table of the counters, which are kept from events too."""

from datetime import date
from typing import Any

from invoicing.domain.ledger.carried_balance import CarriedBalance, CurrencySums
from invoicing.domain.ledger.period_sums import PeriodSums
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def carried_balance_from(values: dict[str, Any]) -> CarriedBalance:
    """Read the balance of an unpacked item."""
    currencies = {
        currency: CurrencySums(dated=_periods(dated), due=_periods(due))
        for currency, (dated, due) in values["currencies"].items()
    }
    return CarriedBalance(**values | {"currencies": currencies})


def carried_balance_values(balance: CarriedBalance) -> dict[str, Any]:
    """Return what is packed: periods as rows, in which one day has no last day."""
    return {
        "account": balance.account,
        "id": balance.id,
        "version": balance.version,
        "recorded_until": balance.recorded_until,
        "currencies": {currency: (_rows(sums.dated), _rows(sums.due)) for currency, sums in balance.currencies.items()},
    }


def _rows(periods: tuple[PeriodSums, ...]) -> list[list[Any]]:
    return [[each.first, each.last if each.last != each.first else None, *each.sums] for each in periods]


def _periods(rows: list[list[Any]]) -> tuple[PeriodSums, ...]:
    return tuple(
        PeriodSums(date.fromisoformat(first), date.fromisoformat(last or first), tuple(sums))
        for first, last, *sums in rows
    )


@stores(CarriedBalance)
class CarriedBalanceRecord(DocumentRecord):
    """The balance of one customer."""

    read = carried_balance_from
    write = carried_balance_values

    class Meta:
        table_name = TableName("totals")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"balance#{identifier}"
