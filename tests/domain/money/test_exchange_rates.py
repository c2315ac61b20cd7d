"""Exchange rates."""

from decimal import Decimal

from invoicing.domain.money.exchange_rates import ExchangeRates, rate_for
from tests.builders import NOW

RATES = ExchangeRates(
    account="acc_1", id="exchange-rates", version=1, base="EUR", rates={"USD": Decimal("1.0845")}, updated_at=NOW
)


def test_a_rate_is_of_the_accounts_own_currency_or_unknown() -> None:
    assert rate_for("USD", "EUR", RATES) == Decimal("1.0845")
    assert rate_for("EUR", "EUR", RATES) == rate_for("EUR", "EUR", None) == 1
    assert rate_for("JPY", "EUR", RATES) is None
    assert rate_for("USD", "EUR", None) is None


def test_rates_of_a_former_currency_say_nothing() -> None:
    assert rate_for("USD", "CHF", RATES) is None
