"""The list of currencies."""

import re

from invoicing.domain.money import currencies
from invoicing.domain.money.currencies import EXPONENTS


def test_every_code_is_three_capital_letters() -> None:
    assert [code for code in EXPONENTS if not re.fullmatch(r"[A-Z]{3}", code)] == []


def test_no_code_is_listed_twice() -> None:
    listed = " ".join(
        (currencies._NO_DECIMALS, currencies._TWO_DECIMALS, currencies._THREE_DECIMALS, currencies._FOUR_DECIMALS)
    ).split()
    assert len(listed) == len(set(listed)) == len(EXPONENTS)


def test_all_active_currencies_and_funds_are_there() -> None:
    """ISO 4217 list one, without the precious metals, test codes and bond units (X..), which have no minor unit."""
    assert len(EXPONENTS) == 164
    assert {"USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "BRL", "XAF", "XOF", "XPF", "XCD", "XCG"} <= set(EXPONENTS)


def test_currencies_that_were_abolished_are_not_there() -> None:
    assert not {"DEM", "HRK", "ANG", "CUC", "ZWL", "SLL", "BGN", "XAU", "XXX"} & set(EXPONENTS)
