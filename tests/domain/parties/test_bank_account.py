"""IBAN, BIC and the national codes of banks."""

from typing import get_args

import pytest

from invoicing.domain.parties.bank_account import WrongRouting, is_bic, standard_iban, standard_routing
from invoicing.domain.parties.details import RoutingType

EXAMPLES = [
    "DE89370400440532013000",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
]
"""From the IBAN registry of ISO 13616."""


@pytest.mark.parametrize("iban", EXAMPLES)
def test_an_iban_is_known_by_its_check_digits(iban: str) -> None:
    assert standard_iban(iban) == iban


@pytest.mark.parametrize("iban", EXAMPLES)
def test_one_wrong_character_or_two_that_changed_places_are_noticed(iban: str) -> None:
    for place in range(4, len(iban)):
        wrong = "1" if iban[place] != "1" else "2"
        assert standard_iban(iban[:place] + wrong + iban[place + 1 :]) is None
    for place in range(4, len(iban) - 1):
        if iban[place] != iban[place + 1]:
            assert standard_iban(iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :]) is None


@pytest.mark.parametrize(
    "text",
    ["", "DE89", "DE8937040044053201300", "XX89370400440532013000", "8937040044053201", "DE8937040044O532013000"],
)
def test_what_has_not_the_form_is_no_iban(text: str) -> None:
    assert standard_iban(text) is None


def test_an_iban_is_written_without_what_people_put_between_its_characters() -> None:
    assert standard_iban(" de89 3704-0044.0532 0130 00 ") == EXAMPLES[0]


@pytest.mark.parametrize(
    ("kind", "code", "standard"),
    [
        ("aba", "1110 0002 5", "111000025"),
        ("bsb", "062000", "062-000"),
        ("cnaps", "102100099996", "102100099996"),
        ("ifsc", "hdfc0000053", "HDFC0000053"),
        ("sort_code", "200000", "20-00-00"),
        ("transit", "00011 003", "00011-003"),
        ("zengin", "0001-001", "0001-001"),
        ("other", " 004 ", "004"),
    ],
)
def test_the_code_of_a_bank_is_written_as_it_is_printed(kind: RoutingType, code: str, standard: str) -> None:
    assert standard_routing(kind, code) == standard
    assert standard_routing(kind, standard) == standard


@pytest.mark.parametrize("kind", [kind for kind in get_args(RoutingType) if kind != "other"])
def test_a_code_of_another_form_is_refused_with_an_example_that_is_right(kind: RoutingType) -> None:
    for wrong in ("", "1", "1110000251", "٠٦٢٠٠٠", "HDFC1000053"):
        with pytest.raises(WrongRouting) as refused:
            standard_routing(kind, wrong)
        example = str(refused.value).rpartition(" such as ")[2]
        assert standard_routing(kind, example) == example


def test_the_check_digit_of_an_aba_number_is_checked() -> None:
    with pytest.raises(WrongRouting):
        standard_routing("aba", "111000026")


def test_a_bic_has_8_or_11_characters() -> None:
    assert [is_bic(text) for text in ("COBADEFF", "COBADEFFXXX", "COBADEF", "COBADEFFXX", "C0BADEFF", "cobadeff")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_an_iban_of_a_bank_that_no_list_knows_is_taken() -> None:
    assert standard_iban("BE68 5390 0754 7034") == "BE68539007547034"
    assert standard_iban("BE68 5390 0754 7035") is None
