"""Set the exchange rates of an account."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.operations.account.get_exchange_rates import get_exchange_rates
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def replace_exchange_rates(
    uow: UnitOfWork, rates: Mapping[str, Decimal], *, base: str | None = None, if_version: int | None = None
) -> ExchangeRates:
    """Replace all rates: those not given are removed. Issued invoices keep their rate.

    `PreconditionFailed`; `ValidationFailed` ``BASE_INVALID`` when ``base`` is not the account's currency, and
    ``CURRENCY_INVALID`` for a rate of that currency itself.
    """
    current = get_exchange_rates(uow)
    require_version(current, if_version)
    if base not in (None, current.base):
        message = f"base must be the account's currency, {current.base}."
        raise ValidationFailed(Detail("base", message, "BASE_INVALID", base))
    if current.base in rates:
        field = f"rates.{current.base}"
        message = f"{field} is not allowed: {current.base} is the base currency."
        raise ValidationFailed(Detail(field, message, "CURRENCY_INVALID", rates[current.base]))
    changed = replace(current, version=current.version + 1, rates=dict(rates), updated_at=uow.now)
    uow.changes.save(changed)
    return changed
