"""Country codes."""

from babel.core import Locale

from invoicing.domain.parties.countries import COUNTRIES, OTHER_CODES

NOT_OF_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Exceptional reservations, pseudo-locales, groups and the unknown region of CLDR."""


def test_the_codes_are_those_of_cldr_that_are_countries_of_iso_3166() -> None:
    regions = {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
    assert regions - NOT_OF_ISO | {"XI"} == COUNTRIES
    assert len(COUNTRIES) == 249 + 2


def test_codes_that_are_no_countries_lead_to_those_that_are() -> None:
    assert not OTHER_CODES.keys() & COUNTRIES
    assert set(OTHER_CODES.values()) <= COUNTRIES
