"""Addresses in the form of their countries."""

import pytest

from invoicing.domain.parties.countries import COUNTRIES
from invoicing.domain.parties.details import Address
from invoicing_documents.addresses import _FORMS, address_lines
from invoicing_documents.wording import wording_for

ENGLISH = wording_for("en")


def lines_of(country: str | None, line1: str = "", city: str = "", state: str = "", postal_code: str = "") -> str:
    address = Address(line1=line1, city=city, state=state, postal_code=postal_code, country=country)
    return "|".join(address_lines(address, ENGLISH))


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (("DE", "Hauptstraße 12", "Berlin", "", "10115"), "Hauptstraße 12|10115 Berlin|Germany"),
        (("AT", "Ring 1", "Wien", "", "1010"), "Ring 1|1010 Wien|Austria"),
        (("CH", "Bahnhofstrasse 1", "Zürich", "", "8001"), "Bahnhofstrasse 1|8001 Zürich|Switzerland"),
        (("FR", "6 rue Royale", "Paris", "", "75008"), "6 rue Royale|75008 Paris|France"),
        (("IT", "Via Roma 1", "Milano", "MI", "20121"), "Via Roma 1|20121 Milano MI|Italy"),
        (("ES", "Calle Mayor 1", "Getafe", "Madrid", "28901"), "Calle Mayor 1|28901 Getafe Madrid|Spain"),
        (("NL", "Dam 1", "Amsterdam", "", "1012 JS"), "Dam 1|1012 JS Amsterdam|Netherlands"),
        (("BE", "Grand-Place 1", "Bruxelles", "", "1000"), "Grand-Place 1|1000 Bruxelles|Belgium"),
        (("GB", "10 Downing St", "London", "", "SW1A 2AA"), "10 Downing St|London|SW1A 2AA|United Kingdom"),
        (("XI", "1 Donegall Sq", "Belfast", "", "BT1 5GS"), "1 Donegall Sq|Belfast|BT1 5GS|United Kingdom"),
        (("US", "4120 Lane", "Austin", "TX", "78744"), "4120 Lane|Austin, TX 78744|United States"),
        (("CA", "1 Rue Sherbrooke", "Montréal", "QC", "H3B 1A1"), "1 Rue Sherbrooke|Montréal QC H3B 1A1|Canada"),
        (("IN", "1 MG Road", "Bengaluru", "Karnataka", "560001"), "1 MG Road|Bengaluru 560001|Karnataka|India"),
        (("JP", "1-2-3 Marunouchi", "Chiyoda-ku", "Tokyo", "100-0005"),
         "1-2-3 Marunouchi|Chiyoda-ku, Tokyo|100-0005|Japan"),
        (("JP", "丸の内1-2-3", "千代田区", "東京都", "100-0005"), "〒100-0005|東京都千代田区|丸の内1-2-3|Japan"),
        (("AU", "1 George St", "Sydney", "NSW", "2000"), "1 George St|Sydney NSW 2000|Australia"),
        (("NZ", "1 Queen St", "Auckland", "", "1010"), "1 Queen St|Auckland 1010|New Zealand"),
        (("SE", "Drottninggatan 1", "Stockholm", "", "111 51"), "Drottninggatan 1|111 51 Stockholm|Sweden"),
        (("NO", "Karl Johans gate 1", "Oslo", "", "0154"), "Karl Johans gate 1|0154 Oslo|Norway"),
        (("DK", "Strøget 1", "København K", "", "1160"), "Strøget 1|1160 København K|Denmark"),
        (("FI", "Mannerheimintie 1", "Helsinki", "", "00100"), "Mannerheimintie 1|00100 Helsinki|Finland"),
        (("PL", "ul. Nowa 1", "Warszawa", "", "00-001"), "ul. Nowa 1|00-001 Warszawa|Poland"),
        (("PT", "Rua Augusta 1", "Lisboa", "", "1100-048"), "Rua Augusta 1|1100-048 Lisboa|Portugal"),
        (("IE", "1 Main St", "Naas", "Co. Kildare", "W91 X2YZ"), "1 Main St|Naas|Co. Kildare|W91 X2YZ|Ireland"),
        (("BR", "Av. Paulista 1", "São Paulo", "SP", "01310-100"),
         "Av. Paulista 1|São Paulo-SP|01310-100|Brazil"),
        (("CN", "1 Chang'an Ave", "Beijing", "Beijing", "100006"), "1 Chang'an Ave|Beijing|Beijing, 100006|China"),
        (("CN", "长安街1号", "东城区", "北京市", "100006"), "100006|北京市东城区|长安街1号|China"),
        (("KR", "세종대로 110", "중구", "서울특별시", "04524"), "서울특별시 중구|세종대로 110|04524|South Korea"),
        (("TR", "Cadde 1", "Çankaya", "Ankara", "06420"), "Cadde 1|06420 Çankaya/Ankara|Türkiye"),
        (("HU", "Fő utca 1.", "Budapest", "", "1011"), "Budapest|Fő utca 1.|1011|Hungary"),
    ],
)  # fmt: skip
def test_each_country_has_its_form(address: tuple[str, ...], lines: str) -> None:
    assert lines_of(*address) == lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (("US", "", "Austin", "", "78744"), "Austin 78744|United States"),
        (("US", "", "Austin", "TX", ""), "Austin, TX|United States"),
        (("US", "", "", "TX", "78744"), "TX 78744|United States"),
        (("US", "", "", "", "78744"), "78744|United States"),
        (("JP", "丸の内", "", "", ""), "丸の内|Japan"),
        (("BR", "", "", "SP", ""), "SP|Brazil"),
        (("DE", "", "", "", ""), "Germany"),
        ((None, "Street", "Town", "", "12345"), "Street|12345 Town"),
        ((None, "", "", "", ""), ""),
    ],
)
def test_what_is_missing_leaves_no_mark(address: tuple[str, ...], lines: str) -> None:
    assert lines_of(*address) == lines


@pytest.mark.parametrize("country", [*sorted(COUNTRIES), None, "us", "ZZ"])
@pytest.mark.parametrize("city", ["Cityville", "市"])
def test_nothing_that_was_given_is_lost(country: str | None, city: str) -> None:
    address = Address(
        line1="Line one", line2="Line two", line3="Line three",
        city=city, state="Province", postal_code="12345", country=country,
    )  # fmt: skip
    lines = address_lines(address, ENGLISH)
    streets = ["Line one", "Line two", "Line three"]
    assert [line for line in lines if line in streets] == streets
    assert all("".join(lines).count(part) == 1 for part in (city, "Province", "12345"))


def test_a_country_has_one_form() -> None:
    named = " ".join(_FORMS.values()).split()
    assert len(named) == len(set(named))
    assert set(named) <= COUNTRIES
