"""The tax of a document in the account's own currency."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.money.currencies import EXPONENTS
from invoicing.domain.money.exchange import (
    Exchange,
    exchange_at,
    group_tax_in_base,
    require_convertible,
    require_rate,
    tax_in_base,
)
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.money.tax import TaxGroup

ON = date(2026, 11, 22)
LATE = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
RATES = ExchangeRates(
    account="acc_1", id="exchange-rates", version=1, base="EUR", rates={"USD": Decimal("1.0845")}, updated_at=LATE
)


def group(tax: int) -> TaxGroup:
    return TaxGroup(rate=Decimal("0.2"), category="S", name=None, taxable=tax * 5, tax=tax)


def at(currency: str, rate: str | None = None, rates: ExchangeRates | None = RATES, base: str = "EUR") -> Exchange:
    given = None if rate is None else Decimal(rate)
    return exchange_at(currency, base, given=given, on=ON, rates=rates, time_zone="Europe/Vienna")


def test_a_given_rate_is_that_of_the_document_s_date() -> None:
    assert at("USD", "1.1") == Exchange(base="EUR", rate=Decimal("1.1"), rate_date=ON, source="given")


def test_the_account_s_rate_has_the_day_of_its_update_in_the_account_s_time_zone() -> None:
    expected = Exchange(base="EUR", rate=Decimal("1.0845"), rate_date=date(2026, 11, 2), source="account")
    assert at("USD") == expected


def test_the_base_currency_itself_has_the_rate_1() -> None:
    assert at("EUR") == at("EUR", rates=None) == Exchange(base="EUR", rate=Decimal(1))


def test_a_rate_that_nobody_knows_is_none() -> None:
    unknown = Exchange(base="EUR")
    assert at("GBP") == at("USD", rates=None) == unknown
    assert at("USD", base="CHF") == Exchange(base="CHF"), "the rates are those of a base before"
    assert (tax_in_base([group(100)], "GBP", unknown), group_tax_in_base(group(100), "GBP", unknown)) == (None, None)
    assert tax_in_base([group(100)], "GBP", None) is None


@pytest.mark.parametrize(
    ("tax", "currency", "base", "rate", "converted"),
    [
        (1900, "USD", "EUR", "1.0845", 1752),  # 19.00 / 1.0845 = 17.519…
        (1000, "USD", "JPY", "0.0066", 1515),  # 10.00 / 0.0066 = 1515.15 yen
        (1000, "JPY", "USD", "151.5", 660),  # 1000 yen / 151.5 = 6.6006…
        (1234, "USD", "KWD", "3.25", 3797),  # 12.34 / 3.25 = 3.79692 dinars
        (5, "USD", "EUR", "2", 3),  # 0.025: half up
        (777, "EUR", "EUR", "1", 777),
    ],
)
def test_a_tax_is_divided_by_the_rate(tax: int, currency: str, base: str, rate: str, converted: int) -> None:
    exchange = Exchange(base=base, rate=Decimal(rate))
    assert group_tax_in_base(group(tax), currency, exchange) == converted
    assert tax_in_base([group(tax)], currency, exchange) == converted


def test_each_group_is_rounded_once_and_the_sum_is_that_of_the_groups() -> None:
    groups = [group(5), group(5)]
    assert tax_in_base(groups, "USD", Exchange(base="EUR", rate=Decimal(2))) == 6, "2.5 + 2.5 would be 5"


@given(
    st.lists(st.integers(0, 10**12), max_size=5),
    st.sampled_from(["JPY", "USD", "KWD", "CLF"]),
    st.sampled_from(["KRW", "EUR", "BHD", "UYW"]),
    st.decimals(Decimal("0.0001"), Decimal(10**6), places=10),
)
def test_it_is_what_a_calculator_gives(taxes: list[int], currency: str, base: str, rate: Decimal) -> None:
    def by_hand(tax: int) -> int:
        major = Decimal(tax).scaleb(-EXPONENTS[currency])
        step = Decimal(1).scaleb(-EXPONENTS[base])
        return int((major / rate).quantize(step, ROUND_HALF_UP).scaleb(EXPONENTS[base]))

    exchange = Exchange(base=base, rate=rate)
    assert tax_in_base([group(tax) for tax in taxes], currency, exchange) == sum(map(by_hand, taxes))


def test_a_rate_of_the_base_currency_itself_can_only_be_1() -> None:
    require_rate("EUR", "EUR", Decimal("1.000"))
    require_rate("EUR", "EUR", None)
    require_rate("USD", "EUR", Decimal(2))
    with pytest.raises(ValidationFailed) as refused:
        require_rate("EUR", "EUR", Decimal("1.1"))
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("exchange_rate", "RATE_INVALID")]


def test_a_tax_has_at_most_15_digits_in_every_currency() -> None:
    tiny = Exchange(base="EUR", rate=Decimal("0.0000000001"))
    require_convertible([group(99_999)], "USD", tiny)
    with pytest.raises(ValidationFailed) as refused:
        require_convertible([group(100_000)], "USD", tiny)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("exchange_rate", "RATE_INVALID")]
