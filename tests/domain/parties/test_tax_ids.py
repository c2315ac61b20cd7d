"""Types of tax registrations and the check of their numbers."""

import re

import pytest

from invoicing.domain.parties.countries import COUNTRIES
from invoicing.domain.parties.tax_ids import TAX_ID_TYPES, WrongTaxId, standard_tax_id

CHECKED = [name for name, kind in TAX_ID_TYPES.items() if kind.module]
WITHOUT_CHECK_DIGITS = {
    "cr_cpj", "de_stn", "eg_tn", "in_pan", "is_vsk", "ke_pin", "kr_brn", "li_peid", "us_ein", "us_itin",
}  # fmt: skip
"""Types of whose numbers python-stdnum knows the form only, or that have no check digit."""


def is_accepted(name: str, value: str) -> bool:
    try:
        standard_tax_id(name, value)
    except WrongTaxId:
        return False
    return True


@pytest.mark.parametrize("name", TAX_ID_TYPES)
def test_every_type_says_what_it_is_by_a_number_of_it(name: str) -> None:
    kind = TAX_ID_TYPES[name]
    assert name == "other" or name[:2].upper() in COUNTRIES | {"EU"}
    assert kind.meaning
    assert standard_tax_id(name, kind.example) == kind.example
    assert len(kind.example) <= 100


def test_types_are_in_alphabetical_order() -> None:
    assert list(TAX_ID_TYPES) == sorted(TAX_ID_TYPES)


@pytest.mark.parametrize("name", CHECKED)
def test_a_number_may_be_sent_with_or_without_what_is_printed_between_its_parts(name: str) -> None:
    example = TAX_ID_TYPES[name].example
    assert standard_tax_id(name, re.sub(r"[\s./-]", "", example)) == example
    assert standard_tax_id(name, f" {example.lower()} ") == example


@pytest.mark.parametrize("name", CHECKED)
def test_a_number_of_another_form_is_refused(name: str) -> None:
    for wrong in ("-", "not a number", "1" * 100, "٣١٠١٢٢٣٩٣٥٠٠٠٠٣", TAX_ID_TYPES[name].example * 2):
        with pytest.raises(WrongTaxId, match=r"^(it|a part of it)"):
            standard_tax_id(name, wrong)


@pytest.mark.parametrize("name", sorted({*CHECKED} - WITHOUT_CHECK_DIGITS))
def test_most_typing_errors_are_noticed(name: str) -> None:
    example = TAX_ID_TYPES[name].example
    places = [place for place, character in enumerate(example) if character.isdigit()]
    wrong = (example[:place] + str((int(example[place]) + 1) % 10) + example[place + 1 :] for place in places)
    assert sum(not is_accepted(name, value) for value in wrong) > len(places) / 2


def test_the_message_says_what_is_wrong() -> None:
    reasons = {}
    for value in ("ATU13585628", "AT", "ATU1358562X", "US13585627"):
        with pytest.raises(WrongTaxId) as refused:
            standard_tax_id("eu_vat", value)
        reasons[value] = str(refused.value)
    assert reasons["ATU13585628"] == "its check digits are wrong"
    assert reasons["US13585627"] == "a part of it, such as its prefix, does not exist"


@pytest.mark.parametrize(
    ("name", "value", "standard"),
    [
        ("eu_vat", "de 136 695 976", "DE136695976"),
        ("eu_vat", "EL094259216", "EL094259216"),
        ("eu_vat", "GR 094259216", "EL094259216"),
        ("hu_tin", "HU12892312", "12892312"),
        ("hu_tin", "12892312-2-41", "12892312-2-41"),
        ("hu_tin", "12892312241", "12892312-2-41"),
        ("gb_vat", "980 7806 84", "GB980780684"),
        ("gb_vat", "gb980780684", "GB980780684"),
        ("eu_vat", "XI 980 7806 84", "XI980780684"),
        ("jp_trn", "5-8356-7825-6246", "T5835678256246"),
        ("ch_uid", "CHE100155212", "CHE-100.155.212"),
        ("no_mva", "995525828MVA", "NO 995 525 828 MVA"),
        ("us_ein", "911144442", "91-1144442"),
        ("de_stn", "18181508155", "181/815/08155"),
        ("ca_gst", "12302 6635 RT 0001", "123026635RT0001"),
        ("hu_tin", "12892312-2-13", "12892312-2-13"),
        ("hu_tin", "HU12892312 213", "12892312-2-13"),
        ("id_npwp", "013000666091000", "01.300.066.6-091.000"),
        ("id_npwp", "0013 0006 6609 1000", "0013000666091000"),
        ("other", "  Anything at all ", "Anything at all"),
        ("ae_trn", "not checked", "not checked"),
    ],
)
def test_numbers_get_the_usual_form_of_their_country(name: str, value: str, standard: str) -> None:
    assert standard_tax_id(name, value) == standard


@pytest.mark.parametrize("value", ["12892313-2-13", "12892312-6-13", "12892312-2-1", "12892312-2-133"])
def test_a_hungarian_number_is_checked_with_its_vat_code(value: str) -> None:
    assert not is_accepted("hu_tin", value)


def test_an_account_for_other_taxes_is_none_for_gst() -> None:
    assert is_accepted("ca_bn", "123026635RC0001")
    with pytest.raises(WrongTaxId, match="RT"):
        standard_tax_id("ca_gst", "123026635RC0001")


def test_numbers_of_northern_ireland_keep_their_prefix() -> None:
    with pytest.raises(WrongTaxId, match="eu_vat"):
        standard_tax_id("gb_vat", "XI980780684")
