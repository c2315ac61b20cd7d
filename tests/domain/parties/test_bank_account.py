"""IBAN and BIC."""

import pytest

from invoicing.domain.parties.bank_account import is_bic, is_iban

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
    assert is_iban(iban)


@pytest.mark.parametrize("iban", EXAMPLES)
def test_one_wrong_character_or_two_that_changed_places_are_noticed(iban: str) -> None:
    for place in range(4, len(iban)):
        wrong = "1" if iban[place] != "1" else "2"
        assert not is_iban(iban[:place] + wrong + iban[place + 1 :])
    for place in range(4, len(iban) - 1):
        if iban[place] != iban[place + 1]:
            assert not is_iban(iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :])


@pytest.mark.parametrize(
    "text", ["", "DE89", "DE89 3704 0044 0532 0130 00", "de89370400440532013000", "8937040044053201"]
)
def test_what_has_not_the_form_is_no_iban(text: str) -> None:
    assert not is_iban(text)


def test_a_bic_has_8_or_11_characters() -> None:
    assert [is_bic(text) for text in ("COBADEFF", "COBADEFFXXX", "COBADEF", "COBADEFFXX", "C0BADEFF", "cobadeff")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
